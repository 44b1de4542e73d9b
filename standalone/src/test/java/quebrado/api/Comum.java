package quebrado.api;

import quebrado.necessidade.api.Palavra;

class Comum {
    Palavra palavra;
}
