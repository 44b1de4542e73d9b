package mutirao.identity.person;

import static java.util.Objects.requireNonNullElse;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import mutirao.identity.account.LoginPage;
import mutirao.identity.page.Page;
import mutirao.identity.page.Page.Message;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/// The pages where people ask for a link and where the link leads: to a form for the new password. Asking has one
/// answer and one cost, whether somebody has that login or not.
public final class PasswordPages extends OncePerRequestFilter {
    /// Where people ask.
    public static final String ASK = "/senha";
    /// Where links lead.
    public static final String NEW = ASK + "/nova";

    static final String TOKEN = "token";
    private static final String PASSWORD = "senha";
    private static final String LOGIN = "login";
    private static final String SENT = "enviado";
    private static final int LONGEST_LOGIN = 254;

    private static final Page ASKING = new Page("senha");
    /// Where nothing is sent, there is nothing to fill in.
    private static final Page NO_MAIL = new Page("senha_sem_envio", "senha");
    private static final Page SETTING = new Page("senha_nova");

    private final PasswordLinks links;
    private final PasswordMail mail;

    /// @param links know which tokens are good
    /// @param mail  sends them
    public PasswordPages(PasswordLinks links, PasswordMail mail) {
        this.links = links;
        this.mail = mail;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        switch (request.getMethod() + " " + request.getServletPath()) {
            case "GET " + ASK -> {
                ask(request, response, said(request));
            }
            case "POST " + ASK -> {
                send(parameter(request, LOGIN).strip());
                goTo(response, ASK + "?" + SENT);
            }
            case "GET " + NEW -> {
                var login = links.login(parameter(request, TOKEN));
                if (login.isEmpty()) {
                    invalid(request, response);
                } else {
                    form(request, response, login.get(), null);
                }
            }
            case "POST " + NEW -> set(request, response);
            default -> chain.doFilter(request, response);
        }
    }

    /// Nothing that depends on who asks.
    private @Nullable Message said(HttpServletRequest request) {
        if (!mail.works()) {
            return Message.done("noMail");
        }
        return request.getParameter(SENT) == null ? null : Message.done("sent");
    }

    private void send(String login) {
        if (mail.works() && login.length() <= LONGEST_LOGIN) {
            mail.send(PasswordLinks.Kind.RESET, login);
        }
    }

    private void set(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var token = parameter(request, TOKEN);
        var password = parameter(request, PASSWORD);
        var login = links.login(token);
        var fault = login.flatMap(name -> PasswordPolicy.fault(password, name));
        if (login.isPresent() && fault.isPresent()) {
            response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
            form(request, response, login.get(), Message.error(fault.get().name()));
        } else if (login.isPresent() && links.use(token, password)) {
            goTo(response, LoginPage.PASSWORD_SET);
        } else {
            invalid(request, response);
        }
    }

    private void ask(HttpServletRequest request, HttpServletResponse response, @Nullable Message message)
            throws IOException {
        (mail.works() ? ASKING : NO_MAIL).write(request, response, Map.of("path", ASK, "login", LOGIN), message);
    }

    private void invalid(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
        ask(request, response, Message.error("invalid"));
    }

    private static void form(
            HttpServletRequest request, HttpServletResponse response, String login, @Nullable Message message)
            throws IOException {
        SETTING.write(
                request,
                response,
                Map.of(
                        "path", NEW,
                        "owner", login,
                        "password", PASSWORD,
                        "tokenName", TOKEN,
                        "token", parameter(request, TOKEN)),
                message);
    }

    /// By GET, so that going back does not send the form again.
    private static void goTo(HttpServletResponse response, String path) {
        response.setStatus(HttpServletResponse.SC_SEE_OTHER);
        response.setHeader(HttpHeaders.LOCATION, path);
    }

    private static String parameter(HttpServletRequest request, String name) {
        return requireNonNullElse(request.getParameter(name), "");
    }
}
