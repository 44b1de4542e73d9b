package mutirao.platform.limit;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import mutirao.platform.rest.Problems;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/// Says no, and when to come back.
final class TooMany {
    private final Problems problems;

    TooMany(Problems problems) {
        this.problems = problems;
    }

    /// @param wait is told in whole seconds, rounded up
    void answer(HttpServletRequest request, HttpServletResponse response, Duration wait) throws IOException {
        var seconds = wait.plusNanos(999_999_999).toSeconds();
        response.setHeader(HttpHeaders.RETRY_AFTER, String.valueOf(Math.max(1, seconds)));
        problems.write(request, response, HttpStatus.TOO_MANY_REQUESTS, "TOO_MANY_REQUESTS");
    }

    /// For whoever did not get their turn, which is not of their own doing.
    void notNow(HttpServletRequest request, HttpServletResponse response) throws IOException {
        problems.write(request, response, HttpStatus.SERVICE_UNAVAILABLE, "UNAVAILABLE");
    }
}
