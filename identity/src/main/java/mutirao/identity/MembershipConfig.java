package mutirao.identity;

import mutirao.identity.account.MembershipTable;
import mutirao.platform.identity.Memberships;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What either side may know of accounts, where this program has any.
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = IdentitySettings.SERVER, havingValue = "embedded", matchIfMissing = true)
class MembershipConfig {
    @Bean
    Memberships memberships(JdbcClient db) {
        return new MembershipTable(db);
    }
}
