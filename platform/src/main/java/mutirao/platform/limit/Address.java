package mutirao.platform.limit;

import jakarta.servlet.http.HttpServletRequest;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Pattern;

/// Where a request comes from: an IPv4 address, or the /64 of an IPv6 one, because whoever has one of its addresses has
/// them all.
///
/// @param value as it is compared
record Address(String value) {
    /// Names an interface of this machine, as in `fe80::1%eth0`.
    private static final Pattern SCOPE = Pattern.compile("%.*");

    private static final int NETWORK = 8; // bytes

    /// What the container says, which looks at a proxy's headers only if it is told to.
    static Address of(HttpServletRequest request) {
        return of(request.getRemoteAddr());
    }

    /// @param text as the container writes it; what is no address stands for itself
    static Address of(String text) {
        try {
            var address = InetAddress.ofLiteral(SCOPE.matcher(text).replaceFirst(""));
            return new Address(address instanceof Inet6Address six ? network(six) : address.getHostAddress());
        } catch (IllegalArgumentException e) {
            return new Address(text);
        }
    }

    private static String network(Inet6Address address) {
        return HexFormat.of().formatHex(Arrays.copyOf(address.getAddress(), NETWORK)) + "/64";
    }
}
