package mutirao.identity.account;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.FactorGrantedAuthority;
import org.springframework.security.core.userdetails.User;

/// Lets a person in by login and password. Who is in is known by the account's id alone.
public final class PersonLogin implements AuthenticationProvider {
    private final Accounts accounts;
    private final Clock clock;

    /// @param accounts decides
    /// @param clock    says when that was
    public PersonLogin(Accounts accounts, Clock clock) {
        this.accounts = accounts;
        this.clock = clock;
    }

    /// When whoever this is logged in; empty when they have not, with a password.
    static Optional<Instant> since(Authentication person) {
        return person.getAuthorities().stream()
                .filter(FactorGrantedAuthority.class::isInstance)
                .map(factor -> ((FactorGrantedAuthority) factor).getIssuedAt())
                .findFirst();
    }

    @Override
    public Authentication authenticate(Authentication attempt) {
        var person = accounts.logIn(attempt.getName(), String.valueOf(attempt.getCredentials()))
                .orElseThrow(() -> new BadCredentialsException("not let in"));
        // A User, because Spring can write it into an authorization and read it back.
        var user = new User(person.toString(), "", List.of());
        // It tells when that was, which stands in ID tokens.
        var proof = FactorGrantedAuthority.withAuthority(FactorGrantedAuthority.PASSWORD_AUTHORITY)
                .issuedAt(clock.instant())
                .build();
        var entered = UsernamePasswordAuthenticationToken.authenticated(user, null, List.of(proof));
        entered.setDetails(attempt.getDetails());
        return entered;
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(authentication);
    }
}
