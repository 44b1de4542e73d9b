package mutirao.platform.limit;

import jakarta.servlet.http.HttpServletRequest;

/// What a request is for, as far as limits care. Paths are decoded, as the controllers' mappings see them.
final class Paths {
    private Paths() {}

    /// A read that nobody needs to log in for.
    static boolean isPublic(HttpServletRequest request) {
        return request.getServletPath().startsWith("/api/publico/");
    }

    /// Somebody says who they are with a password, a client's secret or a code: what is worth guessing, and what costs
    /// a hash to check.
    static boolean isProof(HttpServletRequest request) {
        var path = request.getServletPath();
        return is(path, "/senha")
                || (request.getMethod().equals("POST") && (path.startsWith("/oauth2/") || is(path, "/entrar")));
    }

    /// Whoever asks must have said who they are.
    static boolean isGuarded(HttpServletRequest request) {
        return request.getServletPath().startsWith("/api/") && !isPublic(request);
    }

    private static boolean is(String path, String page) {
        return path.equals(page) || path.startsWith(page + "/");
    }
}
