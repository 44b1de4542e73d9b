package quebrado.necessidade.api;

import mutirao.api.Query;
import quebrado.entrega.api.Leva;
import quebrado.platform.Chao;

public class Palavra implements Query<String> {
    Chao chao;
    Leva quemSegura;
}
