package mutirao.identity.account;

import java.util.List;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.FactorGrantedAuthority;
import org.springframework.security.core.userdetails.User;

/// Lets a person in by login and password. Who is in is known by the person's id alone, which becomes the tokens'
/// `sub`.
public final class PersonLogin implements AuthenticationProvider {
    private final Accounts accounts;

    /// @param accounts decides
    public PersonLogin(Accounts accounts) {
        this.accounts = accounts;
    }

    @Override
    public Authentication authenticate(Authentication attempt) {
        var person = accounts.logIn(attempt.getName(), String.valueOf(attempt.getCredentials()))
                .orElseThrow(() -> new BadCredentialsException("not let in"));
        // A User, because Spring can write it into an authorization and read it back.
        var user = new User(person.toString(), "", List.of());
        // It tells when that was, which stands in ID tokens.
        var proof = FactorGrantedAuthority.fromAuthority(FactorGrantedAuthority.PASSWORD_AUTHORITY);
        var entered = UsernamePasswordAuthenticationToken.authenticated(user, null, List.of(proof));
        entered.setDetails(attempt.getDetails());
        return entered;
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(authentication);
    }
}
