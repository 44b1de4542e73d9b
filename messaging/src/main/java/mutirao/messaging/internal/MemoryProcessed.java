package mutirao.messaging.internal;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import mutirao.messaging.ProcessedMessages;

/// Remembers the last hundred thousand messages as long as the process lives: enough for tests and for what a
/// broker delivers twice, not for a restart.
final class MemoryProcessed implements ProcessedMessages {
    private static final int MANY = 100_000;

    private final Set<String> seen = Collections.newSetFromMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MANY;
        }
    });

    @Override
    public boolean once(String group, String messageId, Effect effect) throws Exception {
        var note = group + "\0" + messageId;
        synchronized (seen) {
            if (!seen.add(note)) {
                return false;
            }
        }
        var done = false;
        try {
            effect.run();
            done = true;
            return true;
        } finally {
            if (!done) {
                synchronized (seen) {
                    seen.remove(note);
                }
            }
        }
    }
}
