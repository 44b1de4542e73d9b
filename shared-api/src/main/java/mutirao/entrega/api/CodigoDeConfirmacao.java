package mutirao.entrega.api;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.UnaryOperator;

/// The six digits that the receiver tells the volunteer at the door. They are derived, so that nothing of them lies in
/// the event store before they are used.
public final class CodigoDeConfirmacao {
    private final UnaryOperator<byte[]> mac;

    /// @param mac a keyed hash of at least 8 bytes, the same on both sides
    public CodigoDeConfirmacao(UnaryOperator<byte[]> mac) {
        this.mac = mac;
    }

    /// The code of a delivery.
    ///
    /// @param counter 0, and one more with each renewal
    public String of(EntregaId entrega, int counter) {
        var hash = mac.apply((entrega.value() + ":" + counter).getBytes(StandardCharsets.UTF_8));
        return String.format(
                Locale.ROOT,
                "%06d",
                Long.remainderUnsigned(ByteBuffer.wrap(hash).getLong(), 1_000_000));
    }
}
