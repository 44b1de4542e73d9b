package mutirao.identity;

import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import mutirao.api.Actors;
import mutirao.identity.account.Accounts;
import mutirao.identity.account.Membership;
import mutirao.identity.client.BootstrapClient;
import mutirao.identity.client.Clients;
import mutirao.identity.key.SigningKeys;
import mutirao.platform.identity.Role;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/// Makes what must be there before anybody calls: an administrator, the clients, a signing key. Before the port opens,
/// one process at a time, and no second time.
final class FirstStart implements SmartInitializingSingleton {
    static final String ADMINISTRATOR = "admin";

    private static final String ALPHABET = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    private static final int LENGTH = 20; // 116 bits

    private final JdbcClient db;
    private final TransactionTemplate transaction;
    private final Accounts accounts;
    private final Clients clients;
    private final SigningKeys keys;
    private final Wanted wanted;

    /// What the settings ask for.
    ///
    /// @param password of the administrator; empty for a generated one
    /// @param issuer   empty when only a request tells
    record Wanted(String password, List<BootstrapClient> clients, Optional<String> issuer) {
        @Override
        public String toString() {
            return clients.toString();
        }
    }

    FirstStart(
            JdbcClient db,
            TransactionTemplate transaction,
            Accounts accounts,
            Clients clients,
            SigningKeys keys,
            Wanted wanted) {
        this.db = db;
        this.transaction = transaction;
        this.accounts = accounts;
        this.clients = clients;
        this.keys = keys;
        this.wanted = wanted;
    }

    @Override
    public void afterSingletonsInstantiated() {
        keys.current();
        transaction.executeWithoutResult(_ -> {
            db.sql("select pg_advisory_xact_lock(hashtextextended('mutirao.identity', 0))")
                    .query((_, _) -> true)
                    .single();
            accounts.openNobody();
            if (!accounts.exists(Accounts.ADMINISTRATOR)) {
                openAdministrator();
            }
            clients.docs(wanted.issuer());
            wanted.clients().forEach(clients::bootstrap);
        });
    }

    /// The generated password is told before the commit: if that fails, the next start tells another one.
    private void openAdministrator() {
        var generated = wanted.password().isBlank();
        var password = generated ? generated() : wanted.password();
        accounts.open(Accounts.ADMINISTRATOR, ADMINISTRATOR, password);
        accounts.join(new Membership(
                Accounts.ADMINISTRATOR, Actors.ORGANIZATION, Actors.ADMINISTRATOR, Set.of(Role.ADMIN, Role.OPERADOR)));
        if (generated) {
            System.out.println(text(password));
        }
    }

    /// On standard output, not in the log: it is for whoever started the program, once.
    private static String text(String password) {
        return """

                The administrator's login is `%s`, the password `%s`.
                It is shown this once and kept nowhere. MUTIRAO_ADMIN_PASSWORD sets another one at a first start.
                """.formatted(ADMINISTRATOR, password);
    }

    private static String generated() {
        return new SecureRandom()
                .ints(LENGTH, 0, ALPHABET.length())
                .mapToObj(i -> String.valueOf(ALPHABET.charAt(i)))
                .collect(Collectors.joining());
    }
}
