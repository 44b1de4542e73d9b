package quebrado.platform;

import quebrado.necessidade.api.Palavra;
import quebrado.standalone.Tudo;

class SabeDemais {
    Palavra palavra;
    Tudo tudo;
}
