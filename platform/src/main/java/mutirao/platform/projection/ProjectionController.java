package mutirao.platform.projection;

import static mutirao.platform.identity.Role.OPERADOR;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import mutirao.api.Page;
import mutirao.api.PageRequest;
import mutirao.platform.identity.OpenTo;
import mutirao.platform.projection.Rebuild.State;
import mutirao.platform.rest.Cursor;
import mutirao.platform.rest.Problem;
import mutirao.platform.side.OnSide;
import mutirao.platform.side.Side;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

@RestController
@RequestMapping("/api/projecoes")
@OnSide(Side.QUERY)
class ProjectionController {
    private static final String ORDER = "name";
    private static final Duration TELL = Duration.ofMillis(250);

    private final Projections projections;

    ProjectionController(Projections projections) {
        this.projections = projections;
    }

    record Begun(UUID rebuildId) {}

    /// By name.
    @OpenTo(OPERADOR)
    @GetMapping
    Page<Standing> listar(PageRequest page) {
        if (page.sort() != null) {
            throw Problem.invalid("sort", "esta lista tem uma ordem só");
        }
        var after = Optional.ofNullable(Cursor.of(page.cursor(), ORDER))
                .map(Cursor::key)
                .orElse("");
        var names = projections.names().stream()
                .filter(name -> name.compareTo(after) > 0)
                .limit(page.limit() + 1L)
                .toList();
        var shown = names.subList(0, Math.min(names.size(), page.limit()));
        return new Page<>(
                shown.stream().map(projections::standing).toList(),
                names.size() > shown.size() ? new Cursor(ORDER, "", shown.getLast()).encode() : null);
    }

    /// @param onDifference `swap` or `stop`; without it, `stop`, but `swap` for a version that is built for the first
    /// time
    @OpenTo(OPERADOR)
    @PostMapping("/reconstrucao")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Begun reconstruirTodas(@RequestParam(required = false) @Nullable String onDifference) {
        return rebuild(projections.names(), onDifference);
    }

    /// @param onDifference as above
    @OpenTo(OPERADOR)
    @PostMapping("/{name}/reconstrucao")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Begun reconstruir(@PathVariable String name, @RequestParam(required = false) @Nullable String onDifference) {
        require(name);
        return rebuild(List.of(name), onDifference);
    }

    private Begun rebuild(List<String> names, @Nullable String onDifference) {
        return projections
                .rebuild(names, onDifference == null ? null : parse(onDifference))
                .map(Begun::new)
                .orElseThrow(ProjectionController::running);
    }

    private static OnDifference parse(String onDifference) {
        return switch (onDifference) {
            case "swap" -> OnDifference.SWAP;
            case "stop" -> OnDifference.STOP;
            default -> throw Problem.invalid("onDifference", "swap ou stop");
        };
    }

    private static Problem running() {
        return Problem.conflict("REBUILD_RUNNING", "uma reconstrução está em andamento");
    }

    /// Puts the table back that served before the last rebuild.
    @OpenTo(OPERADOR)
    @PostMapping("/{name}/volta")
    Standing voltar(@PathVariable String name) {
        require(name);
        try {
            return projections
                    .goBack(name)
                    .orElseThrow(() -> Problem.conflict("NOTHING_KEPT", "nenhuma tabela anterior foi guardada"));
        } catch (RebuildRunning _) {
            throw running();
        }
    }

    @OpenTo(OPERADOR)
    @GetMapping("/{name}/reconstrucao")
    Rebuild andamento(@PathVariable String name) {
        return projections.find(name).orElseThrow(Problem::notFound);
    }

    /// The same as it changes, until it has ended.
    @OpenTo(OPERADOR)
    @GetMapping(path = "/{name}/reconstrucao", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    SseEmitter acompanhar(@PathVariable String name) {
        andamento(name);
        var stream = new SseEmitter(0L);
        Thread.ofVirtual().name("rebuild-watch").start(() -> send(name, stream));
        return stream;
    }

    private void send(String name, SseEmitter stream) {
        try {
            for (var rebuild = andamento(name); ; rebuild = andamento(name)) {
                stream.send(rebuild, MediaType.APPLICATION_JSON);
                if (rebuild.state() != State.RUNNING) {
                    stream.complete();
                    return;
                }
                TimeUnit.NANOSECONDS.sleep(TELL.toNanos());
            }
        } catch (IOException | IllegalStateException _) {
            stream.complete(); // nobody listens any more
        } catch (InterruptedException | RuntimeException e) {
            stream.completeWithError(e);
        }
    }

    @OpenTo(OPERADOR)
    @DeleteMapping("/{name}/reconstrucao")
    Rebuild cancelar(@PathVariable String name) {
        require(name);
        if (!projections.cancel(name)) {
            throw Problem.conflict("REBUILD_NOT_RUNNING", "nenhuma reconstrução está em andamento");
        }
        return projections.find(name).orElseThrow(Problem::notFound);
    }

    private void require(String name) {
        if (!projections.has(name)) {
            throw Problem.notFound();
        }
    }
}
