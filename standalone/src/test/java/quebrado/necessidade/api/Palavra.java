package quebrado.necessidade.api;

import quebrado.platform.Chao;

public class Palavra {
    Chao chao;
}
