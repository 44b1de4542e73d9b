package mutirao.platform.rest;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/// What filters and the container refuse, as a problem like all others. Whoever asks for its address finds nothing.
@Controller
class Fallen implements ErrorController {
    private final Problems problems;

    Fallen(Problems problems) {
        this.problems = problems;
    }

    @RequestMapping("/error")
    void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var status = status(request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE));
        problems.write(request, response, status, code(status));
    }

    static HttpStatus status(@Nullable Object code) {
        var known = code instanceof Integer number ? HttpStatus.resolve(number) : HttpStatus.NOT_FOUND;
        return known == null ? HttpStatus.INTERNAL_SERVER_ERROR : known;
    }

    static String code(HttpStatus status) {
        return switch (status) {
            case INTERNAL_SERVER_ERROR -> "INTERNAL";
            case SERVICE_UNAVAILABLE -> "UNAVAILABLE";
            default -> status.name();
        };
    }
}
