package mutirao.platform.rest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import org.springframework.context.support.ResourceBundleMessageSource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/// What the codes of problems say to people: those of any part of the program in `messages.properties`, and each
/// context's own, which it brings as `textos/<context>.properties` on the side that needs them.
public final class ProblemTexts {
    private ProblemTexts() {}

    /// All that are on the class path.
    public static ResourceBundleMessageSource all() throws IOException {
        var texts = new ResourceBundleMessageSource();
        texts.setDefaultEncoding(StandardCharsets.UTF_8.name());
        texts.addBasenames("messages");
        texts.addBasenames(Arrays.stream(
                        new PathMatchingResourcePatternResolver().getResources("classpath*:textos/*.properties"))
                .map(Resource::getFilename)
                .map(Objects::requireNonNull)
                .map(name -> "textos/" + name.substring(0, name.length() - ".properties".length()))
                .toArray(String[]::new));
        return texts;
    }
}
