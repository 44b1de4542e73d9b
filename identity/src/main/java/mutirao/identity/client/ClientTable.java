package mutirao.identity.client;

import mutirao.platform.rest.Texts;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.security.oauth2.server.authorization.client.JdbcRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;

/// The clients, in Spring's table. An id that no column can hold, which comes encoded in a header, is no client's.
public final class ClientTable extends JdbcRegisteredClientRepository {
    /// @param db has the table
    public ClientTable(JdbcOperations db) {
        super(db);
    }

    @Override
    public @Nullable RegisteredClient findByClientId(String id) {
        return Texts.storable(id) ? super.findByClientId(id) : null;
    }
}
