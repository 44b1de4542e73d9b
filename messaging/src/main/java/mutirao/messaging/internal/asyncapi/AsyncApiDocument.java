package mutirao.messaging.internal.asyncapi;

import java.util.function.Supplier;
import org.springframework.util.function.SingletonSupplier;

/// An application's document, made when it is first asked for. Thread-safe.
public final class AsyncApiDocument {
    private final SingletonSupplier<String> text;

    AsyncApiDocument(Supplier<String> make) {
        this.text = SingletonSupplier.of(make);
    }

    /// As JSON.
    public String json() {
        return text.obtain();
    }
}
