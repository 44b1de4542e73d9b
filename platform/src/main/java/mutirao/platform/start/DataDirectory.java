package mutirao.platform.start;

import java.nio.file.Path;
import org.springframework.core.env.Environment;

/// Where a process keeps what is in no database of somebody else's.
public final class DataDirectory {
    private DataDirectory() {}

    /// That of `mutirao.data-dir`, else `./data`. An empty value counts as none, since an environment variable is
    /// easily left empty.
    public static Path of(Environment environment) {
        var named = environment.getProperty("mutirao.data-dir", "");
        return Path.of(named.isBlank() ? "data" : named);
    }
}
