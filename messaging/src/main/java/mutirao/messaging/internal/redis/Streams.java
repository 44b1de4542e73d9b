package mutirao.messaging.internal.redis;

import java.util.List;
import org.springframework.data.redis.core.script.RedisScript;

/// What is asked about whole streams: each in one script, so that nothing changes between the question and the
/// deed.
final class Streams {
    private static final String INFO = """
        local function infoOf(reply)
          local info = {}
          for i = 1, #reply, 2 do info[reply[i]] = reply[i + 1] end
          return info
        end
        """;

    private static final RedisScript<Long> CREATE_GROUPS = RedisScript.of("""
        for _, stream in ipairs(KEYS) do
          local reply = redis.pcall('XGROUP', 'CREATE', stream, ARGV[1], '0', 'MKSTREAM')
          if reply.err and not string.find(reply.err, 'BUSYGROUP', 1, true) then return reply end
        end
        return #KEYS
        """, Long.class);

    /// All of what stands before the oldest entry that some group has not finished; whole nodes only (`~`), which
    /// leaves some of them, and is cheap. Redis removes 10,000 at most at a time.
    private static final RedisScript<Long> TRIM = RedisScript.of(INFO + """
        local groups = redis.pcall('XINFO', 'GROUPS', KEYS[1])
        if groups.err then return 0 end
        local lowest, lowestMs, lowestSeq
        for _, reply in ipairs(groups) do
          local info = infoOf(reply)
          local id = info['last-delivered-id']
          if info['pending'] > 0 then id = redis.call('XPENDING', KEYS[1], info['name'])[2] end
          local ms, seq = string.match(id, '(%d+)-(%d+)')
          ms, seq = tonumber(ms), tonumber(seq)
          if not lowest or ms < lowestMs or (ms == lowestMs and seq < lowestSeq) then
            lowest, lowestMs, lowestSeq = id, ms, seq
          end
        end
        if not lowest then return 0 end
        return redis.call('XTRIM', KEYS[1], 'MINID', '~', lowest)
        """, Long.class);

    /// Where Redis does not know the lag (before 7.0, or when entries were deleted by hand), it is counted, up to
    /// 10,000 for each stream.
    private static final RedisScript<Long> LAG = RedisScript.of(INFO + """
        local function lagOf(stream)
          local groups = redis.pcall('XINFO', 'GROUPS', stream)
          if groups.err then return 0 end
          for _, reply in ipairs(groups) do
            local info = infoOf(reply)
            if info['name'] == ARGV[1] then
              local unread = info['lag']
              if not unread then
                unread = #redis.call('XRANGE', stream, '(' .. info['last-delivered-id'], '+', 'COUNT', 10000)
              end
              return info['pending'] + unread
            end
          end
          return redis.call('XLEN', stream)
        end
        local sum = 0
        for _, stream in ipairs(KEYS) do sum = sum + lagOf(stream) end
        return sum
        """, Long.class);

    private final Redis redis;
    private final Line line;

    Streams(Redis redis, Line line) {
        this.redis = redis;
        this.line = line;
    }

    /// Makes the streams of a topic and a group that begins with their oldest entries, where they are not there.
    void createGroups(String group, String topic) {
        redis.run(line, CREATE_GROUPS, Names.streams(topic), group);
    }

    /// Removes entries that all groups of a stream have finished. A stream that no group reads is left alone.
    ///
    /// @return how many were removed
    long trim(String stream) {
        var removed = 0L;
        long now;
        do {
            now = redis.run(line, TRIM, List.of(stream));
            removed += now;
        } while (now > 0);
        return removed;
    }

    /// How many entries of a topic a group has not acknowledged.
    long lag(String group, String topic) {
        return redis.run(line, LAG, Names.streams(topic), group);
    }
}
