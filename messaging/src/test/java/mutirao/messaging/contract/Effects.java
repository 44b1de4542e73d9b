package mutirao.messaging.contract;

import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import mutirao.messaging.Consumer;
import mutirao.messaging.Message;
import mutirao.messaging.OnEvent;
import mutirao.messaging.Retry;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/// An application whose effect is a row for each message.
@SpringBootConfiguration
@EnableAutoConfiguration
@Import(Effects.Handling.class)
public class Effects {
    static final String TABLE = "create table if not exists effect (ordinal bigint generated always as identity,"
            + " consumer_group text, message_id text, message_key text, number int, member text)";
    static final String TRIES = "create table if not exists try (message_id text, member text)";

    static final String READY = "create table if not exists ready (consumer_group text)";

    /// Whether a group has got anything yet.
    static boolean ready(JdbcClient db, String group) {
        return db.sql("select exists (select from ready where consumer_group = ?)")
                .param(group)
                .query(Boolean.class)
                .single();
    }

    /// What was done.
    record Effect(String messageId, String key, int number, String member) {}

    static List<Effect> of(JdbcClient db, String group) {
        return db.sql(
                        "select message_id, message_key as key, number, member from effect where consumer_group = ? order by ordinal")
                .param(group)
                .query(Effect.class)
                .list();
    }

    @Consumer(group = "${grupo}", topics = "${topico}")
    @Retry(times = 2, delay = "300ms", permanent = IllegalCallerException.class)
    static class Handling {
        private final JdbcClient db;
        private final JdbcClient besides;
        private final String group;
        private final String member;
        private final long slow;

        Handling(
                JdbcClient db,
                @Value("${spring.datasource.url}") String url,
                @Value("${grupo}") String group,
                @Value("${membro}") String member,
                @Value("${lento:0}") long slow) {
            this.db = db;
            this.besides = JdbcClient.create(new DriverManagerDataSource(url, "postgres", ""));
            this.group = group;
            this.member = member;
            this.slow = slow;
        }

        @OnEvent("item.*")
        void on(Message<Item> message) {
            // On a connection of its own, so that it is seen although the transaction rolls back.
            besides.sql("insert into try (message_id, member) values (?, ?)")
                    .params(message.id(), member)
                    .update();
            if (message.data().poison()) {
                throw new IllegalStateException("veneno " + message.data().number());
            }
            // Some are slower than those behind them: what is done by the order of time and not of the key shows.
            LockSupport.parkNanos(
                    1_000_000L * Math.max(slow, ThreadLocalRandom.current().nextInt(3)));
            db.sql(
                            "insert into effect (consumer_group, message_id, message_key, number, member) values (?, ?, ?, ?, ?)")
                    .params(group, message.id(), message.key(), message.data().number(), member)
                    .update();
        }

        /// Beside the effects: a group gets some of it whenever it gets at what was published before it.
        @OnEvent("item.pronto")
        void ready() {
            db.sql("insert into ready (consumer_group) values (?)").param(group).update();
        }

        @OnEvent("item.recusado")
        void refuse() {
            throw new IllegalCallerException("nunca");
        }
    }
}
