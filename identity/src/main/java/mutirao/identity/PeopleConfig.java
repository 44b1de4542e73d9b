package mutirao.identity;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.Task;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import mutirao.identity.account.Accounts;
import mutirao.identity.page.Page;
import mutirao.identity.person.Invitations;
import mutirao.identity.person.PasswordLinks;
import mutirao.identity.person.PasswordMail;
import mutirao.identity.person.PasswordPages;
import mutirao.identity.person.People;
import mutirao.identity.person.PeopleSubscriber;
import mutirao.identity.token.Authorizations;
import mutirao.platform.eventstore.EventLog;
import mutirao.platform.stream.Subscribers;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.transaction.support.TransactionTemplate;

/// People's accounts as events make them, and how people come to a password.
@Configuration(proxyBeanMethods = false)
@ConditionalOnEmbeddedServer
class PeopleConfig {
    @Bean
    People people(JdbcClient db, Authorizations authorizations, Clock clock) {
        return new People(db, authorizations, clock);
    }

    @Bean
    Subscribers accountsOfPeople(People people) {
        return () -> List.of(new PeopleSubscriber(people));
    }

    @Bean
    PasswordLinks passwordLinks(
            JdbcClient db,
            TransactionTemplate transaction,
            Accounts accounts,
            Authorizations authorizations,
            IdentitySettings settings,
            Environment environment,
            Clock clock) {
        return new PasswordLinks(db, transaction, accounts, authorizations, () -> settings.address(environment), clock);
    }

    @Bean
    PasswordMail passwordMail(
            ObjectProvider<SchedulerClient> scheduler,
            ObjectProvider<JavaMailSender> sender,
            MailSettings mail,
            IdentitySettings settings,
            Environment environment,
            People people,
            PasswordLinks links,
            Clock clock) {
        var host = settings.knownIssuer(environment).map(URI::create).map(URI::getHost);
        var from = mail.from().isBlank() ? "mutirao@" + host.orElse("localhost") : mail.from();
        return new PasswordMail(
                scheduler::getObject, Optional.ofNullable(sender.getIfAvailable()), from, people, links, clock);
    }

    @Bean
    Task<?> passwordMailTask(PasswordMail mail) {
        return mail.task();
    }

    @Bean
    Invitations invitations(People people, PasswordLinks links, PasswordMail mail, EventLog log) {
        return new Invitations(people, links, mail, log);
    }

    @Bean
    @Order(3)
    @ConditionalOnWebApplication
    SecurityFilterChain passwordPages(HttpSecurity http, PasswordLinks links, PasswordMail mail) {
        return http.securityMatcher(PasswordPages.ASK, PasswordPages.NEW)
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .csrf(csrf -> csrf.csrfTokenRepository(Page.secrets()))
                .requestCache(AbstractHttpConfigurer::disable)
                .headers(headers -> headers.contentSecurityPolicy(policy -> policy.policyDirectives(Page.POLICY))
                        .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.SAME_ORIGIN)))
                .addFilterBefore(new PasswordPages(links, mail), AuthorizationFilter.class)
                .build();
    }
}
