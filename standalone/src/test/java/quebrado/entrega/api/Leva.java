package quebrado.entrega.api;

import quebrado.necessidade.api.Palavra;

public class Leva {
    Palavra palavra;
}
