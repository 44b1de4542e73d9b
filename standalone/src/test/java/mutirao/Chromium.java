package mutirao;

import static org.junit.jupiter.api.Assumptions.abort;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The browser that the machine has. A test that finds none is left out and says so, but where CI says that all must
/// run, as `.ci/run` does, it fails.
final class Chromium implements AutoCloseable {
    private static final String MISSING =
            "no Chromium in PATH: what is seen in a browser is NOT tested (Debian: apt-get install chromium)";

    /// How long anything may take on a busy machine.
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Playwright playwright;
    private final Browser browser;

    private Chromium(Path program) {
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE.toMillis());
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(program)
                        .setArgs(List.of("--no-sandbox"))); // its sandbox does not start for root
    }

    /// Starts it.
    static Chromium abre() {
        return Stream.of("chromium", "chromium-browser", "google-chrome")
                .flatMap(name -> Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .map(dir -> Path.of(dir, name)))
                .filter(Files::isExecutable)
                .findFirst()
                .map(Chromium::new)
                .orElseGet(Chromium::nenhum);
    }

    private static Chromium nenhum() {
        System.err.println(MISSING);
        if (Boolean.parseBoolean(System.getenv("MUTIRAO_CI"))) {
            throw new AssertionError(MISSING);
        }
        return abort(MISSING);
    }

    /// A page of somebody new.
    Page pagina(String base, String idioma, int largura) {
        var page = browser.newContext(new Browser.NewContextOptions()
                        .setBaseURL(base)
                        .setLocale(idioma)
                        .setViewportSize(largura, 800))
                .newPage();
        page.setDefaultTimeout(PATIENCE.toMillis());
        return page;
    }

    @Override
    public void close() {
        playwright.close();
    }
}
