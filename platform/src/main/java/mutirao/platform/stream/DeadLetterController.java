package mutirao.platform.stream;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import mutirao.api.Page;
import mutirao.api.PageRequest;
import mutirao.platform.eventstore.EventLog;
import mutirao.platform.rest.Problem;
import mutirao.platform.stream.DeadLetters.Listed;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// The dead letters of this process's own followers.
@RestController
@RequestMapping("/api/mensagens-mortas")
class DeadLetterController {
    private final DeadLetters letters;
    private final Followers followers;
    private final EventLog log;
    private final Consumer<Map<String, String>> redo;

    DeadLetterController(DeadLetters letters, Followers followers, EventLog log, ObjectProvider<ParkedCommands> redo) {
        this.letters = letters;
        this.followers = followers;
        this.log = log;
        this.redo = command -> redo.getObject().send(command);
    }

    record Whole(
            @JsonUnwrapped DeadLetter letter,
            @JsonRawValue @Nullable String payload) {}

    record Source(@NotBlank String source) {}

    /// @param handled   how many were handled now
    /// @param remaining how many of the same sequence, or source, are left
    record Retried(int handled, long remaining) {}

    @GetMapping
    Page<DeadLetter> listar(
            @RequestParam(required = false) @Nullable String source,
            @RequestParam(required = false) @Nullable String type,
            PageRequest page) {
        Collection<String> sources = source == null
                ? followers.names()
                : followers.names().stream().filter(source::equals).toList();
        var found = letters.list(sources, type, after(page.cursor()), page.limit() + 1);
        var shown = found.subList(0, Math.min(found.size(), page.limit()));
        return new Page<>(
                shown.stream().map(Listed::letter).toList(),
                found.size() > shown.size() ? String.valueOf(shown.getLast().ordinal()) : null);
    }

    private static long after(@Nullable String cursor) {
        try {
            return cursor == null ? 0 : Long.parseLong(cursor);
        } catch (NumberFormatException _) {
            throw Problem.invalid("cursor", "não é o next de uma página desta lista");
        }
    }

    @GetMapping("/{id}")
    Whole buscar(@PathVariable UUID id) {
        var letter = mine(id);
        return new Whole(
                letter,
                letter.position() == null
                        ? letters.command(id).get("payload")
                        : log.at(List.of(letter.position())).getFirst().json());
    }

    @PostMapping("/{id}/reprocessamento")
    Retried reprocessar(@PathVariable UUID id) {
        var letter = mine(id);
        var handled = follower(letter).retry(letter.sequence(), redo);
        return new Retried(
                handled, letters.sequence(letter.source(), letter.sequence()).size());
    }

    @PostMapping("/reprocessamento")
    Retried reprocessarTodas(@RequestBody @Valid Source body) {
        var follower = followers.find(body.source).orElseThrow(Problem::notFound);
        var handled = letters.parked(body.source).stream()
                .mapToInt(sequence -> follower.retry(sequence, redo))
                .sum();
        return new Retried(handled, letters.count(body.source));
    }

    @DeleteMapping("/{id}")
    Retried descartar(@PathVariable UUID id) {
        var letter = mine(id);
        follower(letter).discard(id, redo);
        return new Retried(
                0, letters.sequence(letter.source(), letter.sequence()).size());
    }

    private DeadLetter mine(UUID id) {
        return letters.find(id)
                .filter(letter -> followers.find(letter.source()).isPresent())
                .orElseThrow(Problem::notFound);
    }

    private Follower follower(DeadLetter letter) {
        return followers.find(letter.source()).orElseThrow(Problem::notFound);
    }
}
