package mutirao.platform.test;

import java.time.Duration;

/// How long a test waits for what must come, on a machine that has much else to do: where all is well nothing takes
/// longer for it. Whoever waits with awaitility and says no time waits as long ([PacienciaListener]).
public final class Paciencia {
    /// Longer than anything takes on two cores with a load of twenty: a program's start took more than two minutes
    /// there.
    public static final Duration PACIENCIA = Duration.ofMinutes(5);

    private Paciencia() {}
}
