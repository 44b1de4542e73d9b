package mutirao.analytics.api;

import mutirao.api.Page;
import mutirao.api.PageRequest;
import mutirao.api.Query;
import org.jspecify.annotations.Nullable;

/// What can be asked about what is counted.
public sealed interface AnalyticsQuery<R> extends Query<R> {
    /// @param category only of this context; null for all
    record ListarContagens(@Nullable String category, PageRequest page) implements AnalyticsQuery<Page<Contagem>> {}
}
