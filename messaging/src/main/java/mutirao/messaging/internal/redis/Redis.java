package mutirao.messaging.internal.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisLoadingException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.protocol.CommandHandler;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.NettyCustomizer;
import io.netty.channel.Channel;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.netty.handler.timeout.ReadTimeoutHandler;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.redis.connection.RedisConnectionCommands;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;

/// The connections to one Redis server (or what a Sentinel names as such; not to a cluster).
final class Redis implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Redis.class);
    private static final RedisCodec<String, byte[]> CODEC = RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE);
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);
    private static final Duration COMMAND_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration PING_EVERY = Duration.ofSeconds(10);
    /// A connection from which nothing comes for so long, though it is pinged, is closed.
    private static final Duration DEAD_AFTER = Duration.ofSeconds(30);

    private final RedisURI uri;
    private final ClientResources resources;
    private final LettuceConnectionFactory factory;
    private final StringRedisTemplate template;
    private final Outage outage = new Outage();
    private final Set<Line> lines = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closing = new CountDownLatch(1);

    /// @throws IllegalArgumentException when it is not the URL of a Redis
    Redis(String url, String clientName) {
        uri = RedisURI.create(url);
        uri.setClientName(clientName);
        if (uri.getTimeout().equals(RedisURI.DEFAULT_TIMEOUT_DURATION)) {
            uri.setTimeout(COMMAND_TIMEOUT);
        }
        resources = ClientResources.builder().nettyCustomizer(new Pipeline()).build();
        factory = new LettuceConnectionFactory(
                LettuceConnectionFactory.createRedisConfiguration(uri),
                LettuceClientConfiguration.builder()
                        .apply(uri)
                        .clientResources(resources)
                        .clientOptions(options())
                        .build());
        factory.setValidateConnection(true);
        factory.afterPropertiesSet();
        factory.start();
        template = new StringRedisTemplate(factory);
        Thread.ofVirtual().name("redis-ping").start(this::pingLines);
    }

    private static ClientOptions options() {
        return ClientOptions.builder()
                .autoReconnect(false)
                .disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(CONNECT_TIMEOUT)
                        .keepAlive(true)
                        .build())
                .build();
    }

    /// Where failures are told.
    Outage outage() {
        return outage;
    }

    /// A connection of its own.
    ///
    /// @param name in the log
    Line line(String name) {
        var client = (RedisClient) factory.getRequiredNativeClient();
        var line = new Line(name, () -> serving(client.connect(CODEC, uri)), outage);
        lines.add(line);
        return line;
    }

    /// A server that has just started shakes hands, and then refuses everything until it has read its file.
    private static <K, V> StatefulRedisConnection<K, V> serving(StatefulRedisConnection<K, V> opened) {
        try {
            var _ = Replies.await(opened.async().ping());
        } catch (RedisException e) {
            var answers = e instanceof RedisCommandExecutionException && !(e instanceof RedisLoadingException);
            if (!answers) {
                opened.close();
                throw e;
            }
        }
        return opened;
    }

    void close(Line line) {
        lines.remove(line);
        line.close();
    }

    /// Runs a script, all of it or nothing.
    ///
    /// @param known a connection that tells whether the broker is there, so that nobody tries to connect in vain
    /// @throws RuntimeException when the broker is away or refuses it
    <T> T run(Line known, RedisScript<T> script, List<String> keys, Object... args) {
        if (!known.isConnected()) {
            throw new RedisException("not connected");
        }
        var answer = template.execute(script, keys, args);
        if (answer == null) {
            throw new RedisException("no answer");
        }
        return answer;
    }

    private void pingLines() {
        try {
            while (!closing.await(PING_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                lines.forEach(Line::ping);
                pingTemplate();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void pingTemplate() {
        if (lines.stream().anyMatch(Line::isConnected)) {
            try {
                template.execute(RedisConnectionCommands::ping);
            } catch (RuntimeException e) {
                LOG.debug("no answer to a ping", e);
            }
        }
    }

    @Override
    public void close() {
        closing.countDown();
        lines.forEach(Line::close);
        factory.destroy();
        var _ = resources.shutdown(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
    }

    /// What is put into every connection: commands that are written at about the same time leave together, and a
    /// connection that died without a word is noticed.
    private static final class Pipeline implements NettyCustomizer {
        private static final int MOST_TOGETHER = 256;

        @Override
        public void afterChannelInitialized(Channel channel) {
            var pipeline = channel.pipeline();
            pipeline.addFirst(new ReadTimeoutHandler(DEAD_AFTER.toSeconds(), TimeUnit.SECONDS));
            var commands = pipeline.context(CommandHandler.class);
            if (commands != null) {
                pipeline.addBefore(commands.name(), null, new FlushConsolidationHandler(MOST_TOGETHER, true));
            }
        }
    }
}
