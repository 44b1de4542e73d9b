package mutirao.platform.log;

import static java.util.concurrent.TimeUnit.SECONDS;

import ch.qos.logback.classic.LoggerContext;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Puts the [FaultFilter] into the log, from when the application is being made until it ends.
@Configuration(proxyBeanMethods = false)
class LogConfig {
    private static final Logger LOG = LoggerFactory.getLogger("mutirao.platform.log");

    @Bean
    DisposableBean faultsInTheLog(LogSettings settings) {
        var log = (LoggerContext) LoggerFactory.getILoggerFactory();
        var troubles = new Troubles(
                System::nanoTime, settings, (level, line) -> LOG.atLevel(level).log(line));
        var filter = new FaultFilter(troubles, LOG);
        var ended = new CountDownLatch(1);
        Thread.ofPlatform().daemon().name("troubles").start(() -> tell(troubles, ended));
        log.addTurboFilter(filter);
        return () -> {
            log.getTurboFilterList().remove(filter);
            ended.countDown();
            troubles.tellAll();
        };
    }

    private static void tell(Troubles troubles, CountDownLatch ended) {
        try {
            while (!ended.await(1, SECONDS)) {
                troubles.tell();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
