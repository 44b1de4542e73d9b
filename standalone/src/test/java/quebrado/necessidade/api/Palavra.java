package quebrado.necessidade.api;

import mutirao.api.Query;
import quebrado.platform.Chao;

public class Palavra implements Query<String> {
    Chao chao;
}
