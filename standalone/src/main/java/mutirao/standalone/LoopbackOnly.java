package mutirao.standalone;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.stream.Stream;
import mutirao.platform.start.StartFailure;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/// Refuses to listen where another machine could reach it: whoever reaches this program may do everything in anybody's
/// name. A post-processor, because that runs before anything else has been started.
@Component
class LoopbackOnly implements BeanFactoryPostProcessor {
    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
        var environment = beans.getBean(Environment.class);
        require(environment, "server.address");
        // On a port of its own, management takes another address.
        if (environment.containsProperty("management.server.port")) {
            require(environment, "management.server.address");
        }
    }

    private static void require(Environment environment, String property) {
        var address = environment.getProperty(property, "");
        if (!loopback(address)) {
            throw new StartFailure(
                    "%s is '%s', which is not this machine's loopback address. Until people can log in, everybody who"
                                    .formatted(property, address)
                            + " reaches this program may do everything, so it listens on loopback only.",
                    "Leave SERVER_ADDRESS out, or use 127.0.0.1.");
        }
    }

    private static boolean loopback(String address) {
        try {
            return !address.isBlank()
                    && Stream.of(InetAddress.getAllByName(address)).allMatch(InetAddress::isLoopbackAddress);
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
