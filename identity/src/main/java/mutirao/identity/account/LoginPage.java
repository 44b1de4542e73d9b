package mutirao.identity.account;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.ResourceBundle;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mutirao.platform.secret.Sha256;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.HtmlUtils;

/// The page where people log in: one form, no script, no other resource. In the first language of `Accept-Language`
/// that
/// it knows, else in Brazilian Portuguese; the rest of the program speaks one language, so this is not Spring MVC's.
public final class LoginPage extends OncePerRequestFilter {
    /// Where it is, and where the form is sent.
    public static final String PATH = "/entrar";
    /// Where a failed login goes.
    public static final String FAILED = PATH + "?erro";

    /// The form's field for who it is.
    public static final String LOGIN = "login";
    /// The form's field for the proof.
    public static final String PASSWORD = "senha";

    private static final Locale DEFAULT = Locale.of("pt", "BR");
    private static final List<Locale> KNOWN = List.of(DEFAULT, Locale.ENGLISH);
    private static final Pattern HOLE = Pattern.compile("\\{\\{(\\w+)}}");
    private static final String STYLE = resource("entrar.css");
    private static final String TEMPLATE = resource("entrar.html");

    /// What the page may do; `form-action` is missing because it would stop the way back to the client as well.
    public static final String POLICY =
            "default-src 'none'; style-src 'sha256-%s'; base-uri 'none'; frame-ancestors 'none'"
                    .formatted(digest(STYLE));

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!request.getMethod().equals("GET")) {
            chain.doFilter(request, response);
            return;
        }
        var page = page(language(request), request.getParameter("erro") != null, csrf(request));
        response.setContentType("text/html");
        response.setCharacterEncoding(StandardCharsets.UTF_8);
        response.setHeader("Vary", "Accept-Language");
        response.getWriter().write(page);
    }

    private static CsrfToken csrf(HttpServletRequest request) {
        return (CsrfToken) Objects.requireNonNull(request.getAttribute(CsrfToken.class.getName()));
    }

    private static Locale language(HttpServletRequest request) {
        if (request.getHeader("Accept-Language") == null) {
            return DEFAULT; // or it would be the machine's
        }
        return Collections.list(request.getLocales()).stream()
                .flatMap(wanted ->
                        KNOWN.stream().filter(known -> known.getLanguage().equals(wanted.getLanguage())))
                .findFirst()
                .orElse(DEFAULT);
    }

    private static String page(Locale language, boolean failed, CsrfToken csrf) {
        var texts = ResourceBundle.getBundle(
                "identity.entrar",
                language,
                LoginPage.class.getClassLoader(),
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
        var error = failed ? "<p id=\"erro\" role=\"alert\">%s</p>".formatted(escaped(texts.getString("error"))) : "";
        var parts = Map.of(
                "language", language.toLanguageTag(),
                "style", STYLE,
                "error", error,
                "described", failed ? "aria-describedby=\"erro\" aria-invalid=\"true\"" : "",
                "path", PATH,
                "login", LOGIN,
                "password", PASSWORD,
                "csrf", escaped(csrf.getParameterName()),
                "token", escaped(csrf.getToken()));
        return HOLE.matcher(TEMPLATE).replaceAll(hole -> part(hole, parts, texts));
    }

    private static String part(MatchResult hole, Map<String, String> parts, ResourceBundle texts) {
        var name = hole.group(1);
        var part = parts.get(name);
        return Matcher.quoteReplacement(part == null ? escaped(texts.getString(name)) : part);
    }

    private static String escaped(String text) {
        return HtmlUtils.htmlEscape(text, StandardCharsets.UTF_8.name());
    }

    private static String resource(String name) {
        try (var stream = Objects.requireNonNull(LoginPage.class.getResourceAsStream("/identity/" + name))) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String digest(String text) {
        return Base64.getEncoder().encodeToString(Sha256.of(text.getBytes(StandardCharsets.UTF_8)));
    }
}
