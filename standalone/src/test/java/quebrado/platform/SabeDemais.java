package quebrado.platform;

import quebrado.identity.Entra;
import quebrado.necessidade.api.Palavra;
import quebrado.standalone.Tudo;

class SabeDemais {
    Palavra palavra;
    Entra entra;
    Tudo tudo;
}
