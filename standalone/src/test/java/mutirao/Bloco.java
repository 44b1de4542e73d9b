package mutirao;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/// A fenced block of a document, as somebody who reads it pastes it.
record Bloco(String file, String text) {
    static List<Bloco> de(String file) {
        try {
            var blocks = new ArrayList<Bloco>();
            var open = (StringBuilder) null;
            for (var line : Files.readAllLines(Modulo.RAIZ.resolve(file))) {
                if (line.startsWith("```")) {
                    if (open != null) {
                        blocks.add(new Bloco(file, open.toString()));
                    }
                    open = open == null ? new StringBuilder() : null;
                } else if (open != null) {
                    open.append(line).append('\n');
                }
            }
            return blocks;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// By which it is known.
    String primeira() {
        return text.lines().findFirst().orElse("");
    }

    /// Its lines that do something.
    List<String> linhas() {
        return text.lines().filter(line -> !line.isBlank()).toList();
    }
}
