package mutirao.platform.test;

import org.awaitility.Awaitility;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/// Makes awaitility as patient as all tests are. Named in `META-INF/services`.
public final class PacienciaListener implements LauncherSessionListener {
    @Override
    public void launcherSessionOpened(LauncherSession session) {
        Awaitility.setDefaultTimeout(Paciencia.PACIENCIA);
    }
}
