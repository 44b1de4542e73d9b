package quebrado.platform;

import java.time.Instant;

public class Chao {
    Instant agora = Instant.now();
}
