package mutirao;

import java.io.IOException;
import java.nio.file.Path;

/// On the PostgreSQL that the program brings.
class ComportamentoTest extends Comportamento {
    @Override
    Programa parte(Path dir) throws IOException {
        return Programa.em(dir);
    }

    @Override
    void some(Programa programa) throws IOException {
        programa.banco().destroyForcibly();
    }

    @Override
    void volta() {} // the program starts it again
}
