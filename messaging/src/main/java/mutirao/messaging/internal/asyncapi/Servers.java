package mutirao.messaging.internal.asyncapi;

import java.util.Map;
import java.util.TreeMap;
import mutirao.messaging.Broker;

/// Where a broker is, for others to read: without what its address holds of credentials.
///
/// @param host     with its port, if it is given
/// @param protocol as AsyncAPI calls it
/// @param pathname the virtual host or database; empty for none
record Servers(String host, String protocol, String pathname) {

    /// Its servers by name; none of a broker in memory.
    static Map<String, Servers> of(Broker broker) {
        var servers = new TreeMap<String, Servers>();
        var ids = new Ids();
        for (var address : broker.address().split(",", -1)) {
            var secure = address.startsWith("amqps:") || address.startsWith("rediss:");
            switch (broker.kind()) {
                case NONE -> {}
                case KAFKA -> servers.put(ids.of(new Object(), "kafka"), at(address, "kafka"));
                case RABBITMQ -> servers.put(ids.of(new Object(), "rabbitmq"), at(address, secure ? "amqps" : "amqp"));
                case REDIS -> servers.put(ids.of(new Object(), "redis"), at(address, secure ? "rediss" : "redis"));
            }
        }
        return servers;
    }

    /// By hand: a password may hold what no URI may.
    private static Servers at(String address, String protocol) {
        var bare = address.strip().replaceFirst("^[A-Za-z][A-Za-z0-9+.-]*://", "");
        var place = bare.substring(bare.lastIndexOf('@') + 1).replaceFirst("[?#].*$", "");
        var slash = place.indexOf('/');
        return slash < 0
                ? new Servers(place, protocol, "")
                : new Servers(place.substring(0, slash), protocol, place.substring(slash));
    }
}
