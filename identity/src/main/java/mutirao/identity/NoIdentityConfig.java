package mutirao.identity;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.web.DefaultSecurityFilterChain;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.firewall.FirewalledRequest;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.util.matcher.AnyRequestMatcher;

/// Without the server nobody logs in, and Spring Security, which is on the class path all the same, stands aside: no
/// filter, no header, no session, no opinion of addresses.
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = IdentitySettings.SERVER, havingValue = "none", matchIfMissing = true)
class NoIdentityConfig {
    @Bean
    SecurityFilterChain everythingIsOpen() {
        return new DefaultSecurityFilterChain(AnyRequestMatcher.INSTANCE);
    }

    /// Without one of ours, Spring Boot makes a user and logs the password.
    @Bean
    AuthenticationManager nobodyLogsIn() {
        return authentication -> {
            throw new AuthenticationServiceException("there is no authorization server in this program");
        };
    }

    @Bean
    HttpFirewall noFirewall() {
        return new HttpFirewall() {
            @Override
            public FirewalledRequest getFirewalledRequest(HttpServletRequest request) {
                return new FirewalledRequest(request) {
                    @Override
                    public void reset() {
                        // nothing was changed
                    }
                };
            }

            @Override
            public HttpServletResponse getFirewalledResponse(HttpServletResponse response) {
                return response;
            }
        };
    }
}
