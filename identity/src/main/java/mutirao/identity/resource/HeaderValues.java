package mutirao.identity.resource;

import org.springframework.security.web.firewall.StrictHttpFirewall;

/// Which values a request's headers may have: those that Spring Security allows, which asks each time that one is
/// read, and matches a regular expression against it. A token is long and read on every request. Thread-safe.
public final class HeaderValues {
    private HeaderValues() {}

    /// Whether Spring Security allows it.
    public static boolean allowed(String value) {
        for (int i = 0; i < value.length(); i++) {
            var c = value.charAt(i);
            if (c < ' ' || c > '~') {
                return StrictHttpFirewall.ALLOWED_HEADER_VALUES.test(value);
            }
        }
        return true;
    }
}
