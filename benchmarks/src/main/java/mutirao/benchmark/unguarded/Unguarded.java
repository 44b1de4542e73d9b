package mutirao.benchmark.unguarded;

import static org.springframework.security.config.Customizer.withDefaults;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Set;
import java.util.UUID;
import mutirao.api.Actors;
import mutirao.platform.identity.Actor;
import mutirao.platform.identity.Role;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;

/// The API's chain for whoever brings no token, as the program has it but for the token: whoever asks is one and the
/// same client. The program's own component scan finds it, when this package is on its class path, and there it only
/// ever is for a benchmark.
@Configuration(proxyBeanMethods = false)
public class Unguarded {
    /// Whoever asks; a compile-time constant, so that reading it does not load this class.
    public static final String CALLER = "00000000-0000-4000-8000-000000000001";

    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    SecurityFilterChain askingNobody(HttpSecurity http) {
        return http.securityMatcher(Unguarded::isWithoutToken)
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .addFilterAfter(new OneCaller(), AuthorizationFilter.class)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .cors(withDefaults())
                .csrf(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .build();
    }

    private static boolean isWithoutToken(HttpServletRequest request) {
        return request.getRequestURI().startsWith("/api/") && request.getHeader(HttpHeaders.AUTHORIZATION) == null;
    }

    private static final class OneCaller implements Filter {
        private static final Actor ACTOR =
                Actor.caller(UUID.fromString(CALLER), Actors.ORGANIZATION, Set.of(Role.values()));

        @Override
        public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            try {
                ACTOR.does(() -> {
                    chain.doFilter(request, response);
                    return ACTOR;
                });
            } catch (IOException | ServletException | RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
