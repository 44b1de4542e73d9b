package mutirao.platform.saga;

import static java.util.Objects.requireNonNull;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.boot.config.DbSchedulerCustomizer;
import com.github.kagkarlsson.scheduler.serializer.Serializer;
import com.github.kagkarlsson.scheduler.task.Task;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import mutirao.platform.command.Commands;
import mutirao.platform.eventstore.AxonJson;
import mutirao.platform.eventstore.Context;
import mutirao.platform.retention.Outdated;
import mutirao.platform.retention.RetentionSettings;
import mutirao.platform.side.OnSide;
import mutirao.platform.side.Side;
import mutirao.platform.stream.DeadLetters;
import mutirao.platform.stream.ParkedCommands;
import mutirao.platform.stream.Subscriber;
import mutirao.platform.stream.Subscribers;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// The sagas and deadlines of the command side, and the jobs that carry their commands.
@Configuration(proxyBeanMethods = false)
@OnSide(Side.COMMAND)
class SagaConfig {
    @Bean
    CommandJobs commandJobs(
            ObjectProvider<Scheduler> scheduler,
            Commands commands,
            DeadLetters letters,
            PlatformTransactionManager transactions,
            Clock clock,
            JobSettings settings) {
        return new CommandJobs(
                scheduler::getObject,
                commands,
                new CommandNames(Context.all()),
                letters,
                new TransactionTemplate(transactions),
                clock,
                settings);
    }

    @Bean
    ParkedCommands parkedCommands(CommandJobs jobs) {
        return command -> jobs.redo(requireNonNull(command.get("metadata")));
    }

    @Bean
    Task<CommandJob> commandTask(CommandJobs jobs) {
        return jobs.task();
    }

    @Bean
    Subscribers sagas(
            List<Saga<?>> sagas,
            List<Prazo> prazos,
            CommandJobs jobs,
            JdbcClient db,
            PlatformTransactionManager transactions,
            Clock clock) {
        var transaction = new TransactionTemplate(transactions);
        return () -> Stream.<Subscriber>concat(
                        sagas.stream().map(saga -> new SagaSubscriber<>(saga, jobs, db, transaction, clock)),
                        prazos.stream().map(prazo -> new PrazoSubscriber(prazo, jobs)))
                .toList();
    }

    @Bean
    Outdated endedSagas(JdbcClient db, List<Saga<?>> sagas, RetentionSettings settings) {
        return new EndedSagas(db, sagas, settings.sagas());
    }

    /// Jobs lie in their table as JSON that people can read.
    @Bean
    DbSchedulerCustomizer jobsAsJson() {
        var json = AxonJson.mapper();
        return new DbSchedulerCustomizer() {
            @Override
            public Optional<Serializer> serializer() {
                return Optional.of(new Serializer() {
                    @Override
                    public byte[] serialize(Object data) {
                        return json.writeValueAsString(data).getBytes(StandardCharsets.UTF_8);
                    }

                    @Override
                    public <T> T deserialize(Class<T> type, byte[] data) {
                        return json.readValue(data, type);
                    }
                });
            }
        };
    }
}
