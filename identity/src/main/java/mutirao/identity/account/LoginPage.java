package mutirao.identity.account;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import mutirao.identity.page.Page;
import mutirao.identity.page.Page.Message;
import org.jspecify.annotations.Nullable;
import org.springframework.web.filter.OncePerRequestFilter;

/// The page where people log in.
public final class LoginPage extends OncePerRequestFilter {
    /// Where it is, and where the form is sent.
    public static final String PATH = "/entrar";
    /// Where a failed login goes.
    public static final String FAILED = PATH + "?erro";
    /// Where whoever has set a password goes.
    public static final String PASSWORD_SET = PATH + "?senha";

    /// The form's field for who it is.
    public static final String LOGIN = "login";
    /// The form's field for the proof.
    public static final String PASSWORD = "senha";

    private static final Page PAGE = new Page("entrar");

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!request.getMethod().equals("GET")) {
            chain.doFilter(request, response);
            return;
        }
        PAGE.write(request, response, Map.of("path", PATH, "login", LOGIN, "password", PASSWORD), message(request));
    }

    private static @Nullable Message message(HttpServletRequest request) {
        if (request.getParameter("erro") != null) {
            return Message.error("error");
        }
        return request.getParameter("senha") == null ? null : Message.done("passwordSet");
    }
}
