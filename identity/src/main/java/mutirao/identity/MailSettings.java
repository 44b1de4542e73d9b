package mutirao.identity;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Whom mail is from, where `spring.mail.host` says how it is sent.
///
/// @param from an address; empty for `mutirao@` the host of the program's own address
@ConfigurationProperties("mutirao.mail")
record MailSettings(@DefaultValue("") String from) {}
