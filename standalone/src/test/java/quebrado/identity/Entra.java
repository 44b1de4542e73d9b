package quebrado.identity;

import quebrado.necessidade.api.Palavra;

public class Entra {
    Palavra palavra;
}
