package mutirao.messaging.internal.kafka;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import mutirao.messaging.internal.Transport.Delivery;
import mutirao.messaging.internal.Transport.Receiver;

/// A process that takes messages, writes their text and never finishes one: to be killed.
final class Member {
    private static final String TAKEN = "taken ";

    private Member() {}

    static Process start(String address, String group, String topic) throws IOException {
        var builder = new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                Member.class.getName(),
                address,
                group,
                topic);
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        return builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    }

    /// Reads what the process writes, its log too, until it has taken a message.
    static void awaitTaken(Process member) throws IOException {
        var lines = member.inputReader();
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith(TAKEN)) {
                return;
            }
        }
        throw new IOException("it has ended");
    }

    public static void main(String[] args) throws InterruptedException {
        new KafkaTransport(args[0], "membro", Map.of(), Duration.ofSeconds(30))
                .subscribe(args[1], Set.of(args[2]), 100, new Receiver() {
                    @Override
                    public void receive(Delivery delivery) {
                        System.out.println(TAKEN + delivery.place());
                    }

                    @Override
                    public void revoke(Object partition) {}
                });
        new CountDownLatch(1).await();
    }
}
