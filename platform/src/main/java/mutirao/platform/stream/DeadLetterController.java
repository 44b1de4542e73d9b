package mutirao.platform.stream;

import static java.util.stream.Collectors.toSet;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import mutirao.api.Page;
import mutirao.api.PageRequest;
import mutirao.platform.eventstore.EventLog;
import mutirao.platform.eventstore.EventMeta;
import mutirao.platform.eventstore.RecordedEvent;
import mutirao.platform.identity.Actor;
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

/// The dead letters of this process's own followers, whosever they are: they hold up what comes behind them, so whoever
/// runs the installation can see that they are there and try them again, but reads only their own organization's.
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

    /// A letter as its operator may see it.
    ///
    /// @param withheld whether it is another organization's, so that nothing of what it says is shown
    record Shown(@JsonUnwrapped DeadLetter letter, boolean withheld) {
        static Shown of(DeadLetter letter, boolean own) {
            return new Shown(own ? letter : letter.withoutCause(), !own);
        }
    }

    /// @param payload null where it is withheld, or the store does not give it
    record Whole(
            @JsonUnwrapped Shown shown,
            @JsonRawValue @Nullable String payload) {}

    record Source(@NotBlank String source) {}

    /// @param handled   how many were handled now
    /// @param remaining how many of the same sequence, or source, are left
    record Retried(int handled, long remaining) {}

    @GetMapping
    Page<Shown> listar(
            @RequestParam(required = false) @Nullable String source,
            @RequestParam(required = false) @Nullable String type,
            PageRequest page) {
        Collection<String> sources = source == null
                ? followers.names()
                : followers.names().stream().filter(source::equals).toList();
        var found = letters.list(sources, type, after(page.cursor()), page.limit() + 1);
        var shown = found.subList(0, Math.min(found.size(), page.limit()));
        var own = own(shown.stream().map(Listed::letter).toList());
        return new Page<>(
                shown.stream()
                        .map(listed -> Shown.of(
                                listed.letter(), own.contains(listed.letter().id())))
                        .toList(),
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
        var own = !own(List.of(letter)).isEmpty();
        return new Whole(Shown.of(letter, own), own ? payload(letter) : null);
    }

    private @Nullable String payload(DeadLetter letter) {
        return letter.position() == null
                ? letters.command(letter.id()).get("payload")
                : log.at(List.of(letter.position())).getFirst().json();
    }

    /// Which of some letters the organization sent for which the operator acts. What cannot be told is none of them.
    private Set<UUID> own(List<DeadLetter> some) {
        var organization = Actor.current().organizationId();
        var positions =
                log
                        .at(some.stream()
                                .flatMap(letter -> Optional.ofNullable(letter.position()).stream())
                                .toList())
                        .stream()
                        .map(RecordedEvent::meta)
                        .filter(meta -> meta.organizationId().equals(organization))
                        .map(EventMeta::position)
                        .collect(toSet());
        return some.stream()
                .filter(letter -> letter.position() == null
                        ? letters.organizationOf(letter.id()).equals(Optional.of(organization))
                        : positions.contains(letter.position()))
                .map(DeadLetter::id)
                .collect(toSet());
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
