package mutirao.importacao.command;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import mutirao.api.DomainCommand;
import mutirao.api.RuleViolation;
import mutirao.importacao.command.LineReader.Text;
import mutirao.importacao.command.LineReader.Unreadable;
import mutirao.platform.command.Commands;
import mutirao.platform.command.Sender;
import mutirao.platform.rest.Problem;
import mutirao.platform.stream.Faults;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/// Works the lines of a file, a few at a time, and answers them in their order. Thread-safe.
@Component
final class Importacao {
    /// How many lines are under way at once, of all imports together: fewer than half of the connections, so that an
    /// import never keeps people waiting for one.
    static final int WINDOW = 8;

    /// Each attempt waits for a connection as long as the pool does (5 s), which is pause enough between them.
    private static final int ATTEMPTS = 3;

    private static final String NO_ROOM = "INSUFFICIENT_STORAGE";

    private static final Logger LOG = LoggerFactory.getLogger(Importacao.class);

    private final Store store;
    private final Semaphore turns = new Semaphore(WINDOW, true);

    @Autowired
    Importacao(Commands commands) {
        this(commands::send);
    }

    Importacao(Store store) {
        this.store = store;
    }

    /// What a file is answered that there is no room for, here or in the database.
    static Problem noRoom() {
        return new Problem(
                HttpStatus.INSUFFICIENT_STORAGE,
                NO_ROOM,
                "não há espaço em disco para o arquivo; nada foi guardado",
                List.of());
    }

    /// Where commands take effect.
    @FunctionalInterface
    interface Store {
        void send(DomainCommand command, Sender sender);
    }

    /// Where results go.
    @FunctionalInterface
    interface Results {
        /// @throws IOException when nobody listens any more
        void write(LineResult result) throws IOException;
    }

    /// A line's commands, and what will be its result.
    private record UnderWay(List<? extends DomainCommand> commands, CompletableFuture<LineResult> result) {
        static UnderWay refused(LineResult result) {
            return new UnderWay(List.of(), CompletableFuture.completedFuture(result));
        }

        boolean concerns(List<? extends DomainCommand> others) {
            return commands.stream()
                    .anyMatch(mine -> others.stream()
                            .anyMatch(other ->
                                    mine.id().stored().equals(other.id().stored())));
        }
    }

    /// Works all lines. Blank ones are counted and passed over.
    ///
    /// @throws IOException when the results cannot be written: those under way are finished, no other is begun
    /// @throws Problem     507 when the database has no room for the first line that asks for any
    void run(LineReader lines, LineFormat format, Sender sender, Results results) throws IOException {
        try (var workers = Executors.newVirtualThreadPerTaskExecutor()) {
            new Run(format, sender, results, workers).work(lines);
        }
    }

    /// One file.
    private final class Run {
        private final LineFormat format;
        private final Sender sender;
        private final Results results;
        private final Executor workers;
        private final Deque<UnderWay> window = new ArrayDeque<>();
        private boolean tried;
        private boolean answered;

        Run(LineFormat format, Sender sender, Results results, Executor workers) {
            this.format = format;
            this.sender = sender;
            this.results = results;
            this.workers = workers;
        }

        void work(LineReader lines) throws IOException {
            for (var line = lines.next(); line.isPresent(); line = lines.next()) {
                switch (line.get()) {
                    case Unreadable(var number, var code, var reason) ->
                        enter(UnderWay.refused(LineResult.refused(number, code, reason)));
                    case Text text when text.text().isBlank() -> {}
                    case Text text -> begin(text);
                }
            }
            while (!window.isEmpty()) {
                answerOldest();
            }
        }

        private void begin(Text line) throws IOException {
            List<? extends DomainCommand> commands;
            try {
                commands = format.commands(line.text());
            } catch (RuntimeException refused) {
                enter(UnderWay.refused(refusal(line.number(), refused)));
                return;
            }
            // Lines with one id take effect in their order: the first creates, the second finds it.
            while (window.stream().anyMatch(before -> before.concerns(commands))) {
                answerOldest();
            }
            var begun = underWay(line.number(), commands);
            if (!tried && !commands.isEmpty()) {
                tried = true;
                requireRoom(begun.result().join());
            }
            enter(begun);
        }

        /// The first line goes alone: when it finds the disk full, nothing of the file is stored.
        private void requireRoom(LineResult first) {
            if (!answered && NO_ROOM.equals(first.code()) && first.ids().isEmpty()) {
                throw noRoom();
            }
        }

        private UnderWay underWay(long line, List<? extends DomainCommand> commands) {
            return new UnderWay(
                    commands,
                    commands.isEmpty()
                            ? CompletableFuture.completedFuture(LineResult.empty(line))
                            : CompletableFuture.supplyAsync(() -> inTurn(line, commands, sender), workers));
        }

        private void enter(UnderWay line) throws IOException {
            window.add(line);
            if (window.size() >= WINDOW) {
                answerOldest();
            }
        }

        private void answerOldest() throws IOException {
            answered = true;
            results.write(window.remove().result().join());
        }
    }

    private LineResult inTurn(long line, List<? extends DomainCommand> commands, Sender sender) {
        turns.acquireUninterruptibly();
        try {
            return store(line, commands, sender);
        } finally {
            turns.release();
        }
    }

    private LineResult store(long line, List<? extends DomainCommand> commands, Sender sender) {
        var ids = new ArrayList<UUID>();
        boolean created = false;
        for (var command : commands) {
            try {
                created |= created(command, sender);
                ids.add(command.id().value());
            } catch (RuntimeException fault) {
                return failure(line, fault).keeping(created, ids);
            }
        }
        return LineResult.stored(line, created, ids);
    }

    /// Whether it is new. After a fault it is tried again, which its id makes safe.
    private boolean created(DomainCommand command, Sender sender) {
        for (int attempt = 1; ; attempt++) {
            try {
                store.send(command, sender);
                return true;
            } catch (AggregateStreamCreationException _) {
                return false;
            } catch (RuntimeException fault) {
                if (attempt == ATTEMPTS || Faults.diskFull(fault) || !Faults.transientFault(fault)) {
                    throw fault;
                }
            }
        }
    }

    private static LineResult refusal(long line, RuntimeException reason) {
        return reason instanceof Problem problem ? LineResult.refused(line, problem) : failure(line, reason);
    }

    private static LineResult failure(long line, RuntimeException fault) {
        if (fault instanceof RuleViolation rule) {
            return LineResult.refused(line, rule.code(), "uma regra recusa a linha");
        }
        if (Faults.diskFull(fault)) {
            LOG.warn("line {} of an import", line, fault);
            return LineResult.refused(line, NO_ROOM, "não há espaço em disco; mande de novo quando houver");
        }
        if (Faults.transientFault(fault)) {
            LOG.warn("line {} of an import", line, fault);
            return LineResult.refused(line, "UNAVAILABLE", "não se sabe se foi guardada; mande de novo");
        }
        LOG.error("line {} of an import", line, fault);
        return LineResult.refused(line, "INTERNAL", "algo falhou deste lado");
    }
}
