package mutirao.identity.page;

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
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.web.util.HtmlUtils;

/// One page: a form, no script, no other resource. In the first language of `Accept-Language` that it knows, else in
/// Brazilian Portuguese; the rest of the program speaks one language, so this is not Spring MVC's. Thread-safe.
///
/// Its parts are `identity/<name>.html` with holes `{{text}}`, within `identity/pagina.html`, which all pages share,
/// and the texts of `identity/<name>.properties`. Whatever fills a hole is escaped.
public final class Page {
    private static final Locale DEFAULT = Locale.of("pt", "BR");
    private static final List<Locale> KNOWN = List.of(DEFAULT, Locale.ENGLISH);
    private static final Pattern HOLE = Pattern.compile("\\{\\{(\\w+)}}");
    private static final String STYLE = resource("pagina.css");
    private static final String FRAME = resource("pagina.html");

    /// What a page may do; `form-action` is missing because it would stop the way back to a client as well.
    public static final String POLICY =
            "default-src 'none'; style-src 'sha256-%s'; base-uri 'none'; frame-ancestors 'none'"
                    .formatted(digest(STYLE));

    private final String template;
    private final String bundle;

    /// Something said above the form.
    ///
    /// @param text  its key among the page's texts
    /// @param error whether something went wrong
    public record Message(String text, boolean error) {
        /// That something went wrong.
        public static Message error(String text) {
            return new Message(text, true);
        }

        /// That something went well.
        public static Message done(String text) {
            return new Message(text, false);
        }
    }

    /// @param name of its files
    public Page(String name) {
        this(name, name);
    }

    /// @param name  of its file
    /// @param texts the page whose texts it has
    public Page(String name, String texts) {
        this.template = FRAME.replace("{{content}}", resource(name + ".html"));
        this.bundle = "identity." + texts;
    }

    /// Answers a request with it.
    ///
    /// @param fields  what fills holes beside the texts
    /// @param message null for none
    public void write(
            HttpServletRequest request,
            HttpServletResponse response,
            Map<String, String> fields,
            @Nullable Message message)
            throws IOException {
        var page = page(language(request), fields, message, csrf(request));
        response.setContentType("text/html");
        response.setCharacterEncoding(StandardCharsets.UTF_8);
        response.setHeader("Vary", "Accept-Language");
        response.getWriter().write(page);
    }

    /// The secrets of the pages' forms: the browser keeps each in a cookie, so that a page that is only looked at costs
    /// no session.
    public static CsrfTokenRepository secrets() {
        var cookies = new CookieCsrfTokenRepository();
        cookies.setCookieName("formulario");
        cookies.setCookieCustomizer(cookie -> cookie.sameSite("Lax"));
        return cookies;
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

    private String page(Locale language, Map<String, String> fields, @Nullable Message message, CsrfToken csrf) {
        var texts = ResourceBundle.getBundle(
                bundle,
                language,
                Page.class.getClassLoader(),
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
        var wrong = message != null && message.error();
        var markup = Map.of(
                "style",
                STYLE,
                "message",
                message == null ? "" : said(message, texts),
                "described",
                wrong ? "aria-describedby=\"aviso\" aria-invalid=\"true\"" : "",
                "csrf",
                "<input type=\"hidden\" name=\"%s\" value=\"%s\">"
                        .formatted(escaped(csrf.getParameterName()), escaped(csrf.getToken())));
        return HOLE.matcher(template)
                .replaceAll(hole -> Matcher.quoteReplacement(filled(hole, language, markup, fields, texts)));
    }

    private static String said(Message message, ResourceBundle texts) {
        return "<p id=\"aviso\" role=\"%s\">%s</p>"
                .formatted(message.error() ? "alert" : "status", escaped(texts.getString(message.text())));
    }

    private static String filled(
            MatchResult hole,
            Locale language,
            Map<String, String> markup,
            Map<String, String> fields,
            ResourceBundle texts) {
        var name = hole.group(1);
        if (name.equals("language")) {
            return language.toLanguageTag();
        }
        var raw = markup.get(name);
        if (raw != null) {
            return raw;
        }
        var field = fields.get(name);
        return escaped(field == null ? texts.getString(name) : field);
    }

    private static String escaped(String text) {
        return HtmlUtils.htmlEscape(text, StandardCharsets.UTF_8.name());
    }

    private static String resource(String name) {
        try (var stream = Objects.requireNonNull(Page.class.getResourceAsStream("/identity/" + name))) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String digest(String text) {
        return Base64.getEncoder().encodeToString(Sha256.of(text.getBytes(StandardCharsets.UTF_8)));
    }
}
