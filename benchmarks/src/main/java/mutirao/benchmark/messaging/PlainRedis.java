package mutirao.benchmark.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.lettuce.core.Consumer;
import io.lettuce.core.RedisClient;
import io.lettuce.core.XGroupCreateArgs;
import io.lettuce.core.XReadArgs;
import io.lettuce.core.XReadArgs.StreamOffset;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;

/// Lettuce alone, with the same promises: each addition answered; read in batches of 100 and each batch
/// acknowledged.
final class PlainRedis implements Way {
    private static final String GROUP = "plain";

    private final RedisClient client;
    private final StatefulRedisConnection<String, byte[]> connection;
    private final String stream;
    private final Content content;

    PlainRedis(String url, String stream, Content content) {
        this.client = RedisClient.create(url);
        this.connection = client.connect(RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE));
        this.stream = stream;
        this.content = content;
        connection.sync().xgroupCreate(StreamOffset.from(stream, "0"), GROUP, XGroupCreateArgs.Builder.mkstream());
    }

    @Override
    public void publish(int count) throws InterruptedException {
        var room = new Semaphore(IN_FLIGHT);
        var commands = connection.async();
        for (int i = 0; i < count; i++) {
            room.acquire();
            var _ = commands.xadd(stream, fields(i)).whenComplete((_, fault) -> {
                if (fault == null) { // else this never ends, and whoever measures sees it
                    room.release();
                }
            });
        }
        room.acquire(IN_FLIGHT);
    }

    private Map<String, byte[]> fields(int i) {
        var fields = new HashMap<String, byte[]>();
        content.attributes(i).forEach((name, value) -> fields.put("ce_" + name, value.getBytes(UTF_8)));
        fields.put("data", content.body(i));
        return fields;
    }

    @Override
    public double consume(int count) throws InterruptedException {
        var span = new Span(count);
        var commands = connection.sync();
        for (int had = 0; had < count; ) {
            var some = commands.xreadgroup(
                    Consumer.from(GROUP, "one"),
                    XReadArgs.Builder.count(100).block(1000),
                    StreamOffset.lastConsumed(stream));
            had += some.size();
            if (!some.isEmpty()) {
                commands.xack(
                        stream,
                        GROUP,
                        some.stream().map(message -> message.getId()).toArray(String[]::new));
                for (var message : some) {
                    var fields = message.getBody();
                    content.read(
                            name -> new String(requireNonNull(fields.get("ce_" + name)), UTF_8),
                            requireNonNull(fields.get("data")));
                    span.one();
                }
            }
        }
        return span.rate();
    }

    @Override
    public void close() {
        client.shutdown();
    }
}
