package mutirao.platform.rest;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.CorsConfigurationSource;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;
import org.springframework.web.filter.CorsFilter;

/// What other sites' pages may do here: call the API and get tokens, with a token and never with a cookie. Nothing
/// unless the settings name them.
@Configuration(proxyBeanMethods = false)
class CorsConfig {
    /// Before all that may refuse a request, so that a page can read the refusal too.
    private static final int BEFORE_LIMITS = -120;

    /// Under the name by which Spring Security finds it.
    @Bean
    CorsConfigurationSource corsConfigurationSource(CorsSettings settings) {
        var paths = new UrlBasedCorsConfigurationSource();
        if (!settings.origens().isEmpty()) {
            for (var path : List.of("/api/**", "/oauth2/token", "/oauth2/jwks", "/.well-known/**", "/userinfo")) {
                paths.registerCorsConfiguration(path, configuration(settings.origens()));
            }
        }
        return paths;
    }

    private static CorsConfiguration configuration(List<String> origins) {
        var cors = new CorsConfiguration();
        cors.setAllowedOrigins(origins);
        cors.setAllowedMethods(List.of("GET", "POST", "PUT", "PATCH", "DELETE"));
        cors.setAllowedHeaders(
                List.of("Authorization", "Content-Type", "Idempotency-Key", "If-Match", "X-Min-Position"));
        cors.setExposedHeaders(List.of("ETag", "Location", "Retry-After", "X-Mutirao-Csv", "X-Mutirao-Side"));
        cors.setAllowCredentials(false);
        cors.setMaxAge(Duration.ofHours(1));
        return cors;
    }

    @Bean
    FilterRegistrationBean<CorsFilter> crossOrigin(CorsConfigurationSource corsConfigurationSource) {
        var registration = new FilterRegistrationBean<>(new CorsFilter(corsConfigurationSource));
        registration.setOrder(BEFORE_LIMITS);
        return registration;
    }
}
