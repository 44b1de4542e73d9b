package mutirao.importacao.command;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.UUID;
import mutirao.platform.rest.Problem;
import mutirao.platform.rest.Problem.FieldError;
import org.jspecify.annotations.Nullable;

/// What became of one line.
///
/// @param line   its number in the file, from 1
/// @param ids    the needs and offers of it that are stored, by this import or an earlier one
/// @param code   why not all of it is stored, UPPER_SNAKE; null when all is
/// @param errors what is wrong with it; `line` names no field but the line as a whole
record LineResult(
        long line,
        Status status,
        List<UUID> ids,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String code,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<FieldError> errors) {
    enum Status {
        /// Something of it is new.
        CREATED,
        /// Nothing of it is new, and nothing changed.
        EXISTS,
        /// There is nothing in it to store.
        EMPTY,
        /// Nothing of it was stored by this import.
        REFUSED
    }

    static LineResult stored(long line, boolean created, List<UUID> ids) {
        return new LineResult(line, created ? Status.CREATED : Status.EXISTS, ids, null, List.of());
    }

    static LineResult empty(long line) {
        return new LineResult(line, Status.EMPTY, List.of(), null, List.of());
    }

    static LineResult refused(long line, Problem problem) {
        var errors = problem.errors().isEmpty() ? whole(String.valueOf(problem.getMessage())) : problem.errors();
        return new LineResult(line, Status.REFUSED, List.of(), problem.code(), errors);
    }

    static LineResult refused(long line, String code, String reason) {
        return new LineResult(line, Status.REFUSED, List.of(), code, whole(reason));
    }

    /// The same, after some of the line's commands have taken effect.
    LineResult keeping(boolean created, List<UUID> ids) {
        return new LineResult(line, created ? Status.CREATED : status, ids, code, errors);
    }

    private static List<FieldError> whole(String reason) {
        return List.of(new FieldError("line", reason));
    }
}
