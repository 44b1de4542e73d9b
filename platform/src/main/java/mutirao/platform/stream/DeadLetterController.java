package mutirao.platform.stream;

import static java.util.stream.Collectors.toSet;
import static mutirao.platform.identity.Role.OPERADOR;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.util.ArrayList;
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
import mutirao.platform.eventstore.Position;
import mutirao.platform.eventstore.RecordedEvent;
import mutirao.platform.identity.Actor;
import mutirao.platform.identity.OpenTo;
import mutirao.platform.rest.Cursor;
import mutirao.platform.rest.Problem;
import mutirao.platform.stream.DeadLetters.Listed;
import mutirao.platform.stream.OtherLetters.Other;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriComponentsBuilder;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The dead letters of this process: those of its own followers, which hold up what comes behind them, and behind
/// these the messages that others sent. Whoever runs the installation can see that they are there and try them
/// again, but reads only their own organization's.
///
/// A follower's letters are tried within the call: 200, with what came of it. A message is only sent to its consumer
/// again: 202, and `Location` names where it stands again if that fails.
@RestController
@RequestMapping(DeadLetterController.PATH)
class DeadLetterController {
    private static final String OWN_CONTENT = "o conteúdo só das suas organizações";

    static final String PATH = "/api/mensagens-mortas";

    /// Whose cursors: of a page that goes on with letters, and of one that goes on with messages.
    private static final String OURS = "letter";

    private static final String OTHERS = "message";

    private static final String SENT = "a message, sent to its consumer again; not found at Location unless that fails";

    private final JsonMapper mapper = JsonMapper.builder().build();
    private final DeadLetters letters;
    private final Followers followers;
    private final EventLog log;
    private final Consumer<Map<String, String>> redo;
    private final Optional<OtherLetters> others;

    DeadLetterController(
            DeadLetters letters,
            Followers followers,
            EventLog log,
            ObjectProvider<ParkedCommands> redo,
            Optional<OtherLetters> others) {
        this.others = others;
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
    /// @param sent      how many were sent to their consumer again, and not handled yet
    /// @param remaining how many of the same sequence, or source, are left
    record Retried(int handled, int sent, long remaining) {
        static Retried tried(int handled, long remaining) {
            return new Retried(handled, 0, remaining);
        }
    }

    /// @param payload what the message is to say, any JSON
    record Correction(@NotNull JsonNode payload) {}

    @OpenTo(value = OPERADOR, also = OWN_CONTENT)
    @GetMapping
    Page<Shown> listar(
            @RequestParam(required = false) @Nullable String source,
            @RequestParam(required = false) @Nullable String type,
            PageRequest page) {
        var cursor = Cursor.of(page.cursor(), OURS, OTHERS);
        if (cursor != null && cursor.sort().equals(OTHERS)) {
            return others(source, type, cursor.value(), page.limit(), List.of());
        }
        Collection<String> sources = source == null
                ? followers.names()
                : followers.names().stream().filter(source::equals).toList();
        var found = letters.list(sources, type, cursor == null ? 0 : cursor.place(), page.limit() + 1);
        var ours = found.subList(0, Math.min(found.size(), page.limit()));
        var own = own(ours.stream().map(Listed::letter).toList());
        var shown = ours.stream()
                .map(listed ->
                        Shown.of(listed.letter(), own.contains(listed.letter().id())))
                .toList();
        return found.size() > ours.size()
                ? new Page<>(shown, Cursor.at(OURS, ours.getLast().ordinal()))
                : others(source, type, "", page.limit(), shown);
    }

    /// The page goes on with what others sent.
    private Page<Shown> others(
            @Nullable String source, @Nullable String type, String after, int limit, List<Shown> before) {
        var shown = new ArrayList<>(before);
        var room = limit - before.size();
        var found = others.filter(kept -> source == null || kept.has(source))
                .map(kept -> listed(kept, source, type, after, room + 1))
                .orElse(List.of());
        var some = found.subList(0, Math.min(found.size(), room));
        some.forEach(other -> shown.add(Shown.of(other.letter(), own(other))));
        if (found.size() <= room) {
            return new Page<>(shown, null);
        }
        return new Page<>(
                shown,
                new Cursor(OTHERS, some.isEmpty() ? after : some.getLast().place(), "").encode());
    }

    private static List<Other> listed(
            OtherLetters kept, @Nullable String source, @Nullable String type, String after, int limit) {
        try {
            return kept.list(source, type, after.isEmpty() ? null : after, limit);
        } catch (IllegalArgumentException _) {
            throw Cursor.invalid();
        }
    }

    private static boolean own(Other other) {
        return other.organizationId().equals(Actor.current().organizationId());
    }

    @OpenTo(value = OPERADOR, also = OWN_CONTENT)
    @GetMapping("/{id}")
    Whole buscar(@PathVariable UUID id) {
        var other = other(id);
        if (other.isPresent()) {
            return whole(other.get());
        }
        var letter = mine(id);
        var own = !own(List.of(letter)).isEmpty();
        return new Whole(Shown.of(letter, own), own ? payload(letter) : null);
    }

    private Whole whole(Other other) {
        return new Whole(Shown.of(other.letter(), own(other)), own(other) ? json(other.payload()) : null);
    }

    /// What was no JSON as a text.
    private String json(String payload) {
        try {
            return mapper.readTree(payload).toString();
        } catch (JacksonException _) {
            return mapper.writeValueAsString(payload);
        }
    }

    private Optional<Other> other(UUID id) {
        return others.flatMap(kept -> kept.find(id));
    }

    private @Nullable String payload(DeadLetter letter) {
        return letter.position() == null
                ? letters.command(letter.id()).get("payload")
                : log.at(List.of(letter.position().index())).getFirst().json();
    }

    /// Which of some letters the organization sent for which the operator acts. What cannot be told is none of
    /// them.
    private Set<UUID> own(List<DeadLetter> some) {
        var organization = Actor.current().organizationId();
        var positions = log
                .at(some.stream()
                        .flatMap(letter -> Optional.ofNullable(letter.position()).stream())
                        .map(Position::index)
                        .toList())
                .stream()
                .map(RecordedEvent::meta)
                .filter(meta -> meta.organizationId().equals(organization))
                .map(EventMeta::position)
                .collect(toSet());
        return some.stream()
                .filter(letter -> letter.position() == null
                        ? letters.organizationOf(letter.id()).equals(Optional.of(organization))
                        : positions.contains(letter.position().index()))
                .map(DeadLetter::id)
                .collect(toSet());
    }

    @OpenTo(OPERADOR)
    @PostMapping("/{id}/reprocessamento")
    @ApiResponse(responseCode = "200", description = "tried, as far as its sequence went")
    @ApiResponse(responseCode = "202", description = SENT)
    ResponseEntity<Retried> reprocessar(@PathVariable UUID id) {
        var other = other(id);
        if (other.isPresent()) {
            return send(other.get(), null, UriComponentsBuilder.fromPath(PATH).pathSegment(id.toString()));
        }
        var letter = mine(id);
        var handled = follower(letter).redelivery().retry(letter.sequence(), redo);
        return ResponseEntity.ok(Retried.tried(
                handled, letters.sequence(letter.source(), letter.sequence()).size()));
    }

    /// @param seen where the message is if it fails again
    private ResponseEntity<Retried> send(Other other, @Nullable String payload, UriComponentsBuilder seen) {
        var kept = others.orElseThrow();
        if (!kept.retry(other.letter().id(), payload)) {
            throw Problem.notFound(); // somebody was faster
        }
        return sent(1, kept.count(other.letter().source()), seen);
    }

    private static ResponseEntity<Retried> sent(int count, long remaining, UriComponentsBuilder seen) {
        return ResponseEntity.accepted().location(seen.build().toUri()).body(new Retried(0, count, remaining));
    }

    private static UriComponentsBuilder list(String source) {
        return UriComponentsBuilder.fromPath(PATH)
                .queryParam("source", "{source}")
                .encode()
                .uriVariables(Map.of("source", source));
    }

    /// Hands a message to its consumer again, saying something else. If that fails it is another letter.
    @OpenTo(value = OPERADOR, also = "só mensagens das suas organizações")
    @PostMapping("/{id}/correcao")
    @ApiResponse(responseCode = "202", description = SENT)
    ResponseEntity<Retried> corrigir(@PathVariable UUID id, @RequestBody @Valid Correction body) {
        var other = other(id).filter(DeadLetterController::own).orElseThrow(Problem::notFound);
        return send(other, body.payload.toString(), list(other.letter().source()));
    }

    @OpenTo(OPERADOR)
    @PostMapping("/reprocessamento")
    @ApiResponse(responseCode = "200", description = "tried, as far as each sequence went")
    @ApiResponse(responseCode = "202", description = SENT)
    ResponseEntity<Retried> reprocessarTodas(@RequestBody @Valid Source body) {
        var kept = others.filter(some -> some.has(body.source));
        if (kept.isPresent()) {
            return sent(sendAll(kept.get(), body.source), kept.get().count(body.source), list(body.source));
        }
        var follower = followers.find(body.source).orElseThrow(Problem::notFound);
        var handled = letters.parked(body.source).stream()
                .mapToInt(sequence -> follower.redelivery().retry(sequence, redo))
                .sum();
        return ResponseEntity.ok(Retried.tried(handled, letters.count(body.source)));
    }

    /// Those that are there now: what fails again comes back behind them.
    ///
    /// @return how many
    private static int sendAll(OtherLetters kept, String source) {
        var until = kept.count(source);
        var sent = 0;
        String after = null;
        while (sent < until) {
            var next = kept.list(source, null, after, 1);
            if (next.isEmpty()) {
                break;
            }
            after = next.getFirst().place();
            if (kept.retry(next.getFirst().letter().id(), null)) {
                sent++;
            }
        }
        return sent;
    }

    @OpenTo(OPERADOR)
    @DeleteMapping("/{id}")
    Retried descartar(@PathVariable UUID id) {
        var other = other(id);
        if (other.isPresent()) {
            others.orElseThrow().discard(id);
            return Retried.tried(
                    0, others.orElseThrow().count(other.get().letter().source()));
        }
        var letter = mine(id);
        follower(letter).redelivery().discard(id, redo);
        return Retried.tried(
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
