package mutirao.messaging.internal.redis;

import java.util.List;
import org.springframework.data.redis.core.script.RedisScript;

/// What is done with leases at the server, by its clock, without anybody coming between.
final class LeaseScripts {
    /// Renews what is held, and answers with how many members there are and who has each partition. What is this
    /// member's without its knowledge, because an answer was lost, is freed.
    @SuppressWarnings("rawtypes")
    static final RedisScript<List> LOOK = RedisScript.of("""
        local time = redis.call('TIME')
        local now = time[1] * 1000 + math.floor(time[2] / 1000)
        local term = tonumber(ARGV[2])
        if ARGV[3] == '1' then
          redis.call('ZADD', KEYS[1], now + term, ARGV[1])
        else
          redis.call('ZREM', KEYS[1], ARGV[1])
        end
        redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
        redis.call('PEXPIRE', KEYS[1], 2 * term)
        local answer = { tostring(redis.call('ZCARD', KEYS[1])) }
        for i = 2, #KEYS do
          local owner = redis.call('GET', KEYS[i]) or ''
          if owner == ARGV[1] then
            if ARGV[i + 2] == '1' then
              redis.call('PEXPIRE', KEYS[i], term)
            else
              redis.call('DEL', KEYS[i])
              owner = ''
            end
          end
          answer[i] = owner
        end
        return answer
        """, List.class);

    static final RedisScript<Long> TAKE = RedisScript.of("""
        if redis.call('SET', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2]) then return 1 end
        return 0
        """, Long.class);

    static final RedisScript<Long> GIVE = RedisScript.of("""
        if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end
        return 0
        """, Long.class);

    private LeaseScripts() {}
}
