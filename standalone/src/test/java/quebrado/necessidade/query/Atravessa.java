package quebrado.necessidade.query;

import mutirao.platform.projection.Serving;
import mutirao.platform.projection.Table;

public class Atravessa {
    Serving serving;

    String tudo(Table<?> table) {
        return serving.fromEveryOrganization(table);
    }
}
