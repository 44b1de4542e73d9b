package mutirao.identity;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Whether there is an authorization server in this program, and how it is known.
///
/// @param server      there or not
/// @param issuer      its address as clients see it, the tokens' `iss`; empty for `http://localhost:<server.port>`
/// @param keyRotation how long a key signs
@ConfigurationProperties(IdentitySettings.PREFIX)
record IdentitySettings(
        @DefaultValue("none") Server server,
        @DefaultValue("") String issuer,
        @DefaultValue("P30D") Duration keyRotation) {
    static final String PREFIX = "mutirao.identity";
    static final String SERVER = PREFIX + ".server";

    /// Which authorization server this program brings.
    enum Server {
        EMBEDDED,
        NONE
    }
}
