package mutirao.usuario.command;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.UUID;
import mutirao.platform.secret.ServerSecret;
import mutirao.usuario.api.UsuarioId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Keeps e-mails as keyed hashes: the table tells who has one, to nobody who does not know it.
@Component
final class EmailTable implements Emails {
    private final JdbcClient db;
    private final ServerSecret secret;

    EmailTable(JdbcClient db) {
        this.db = db;
        this.secret = new ServerSecret(db, "usuario-email");
        secret.mac(new byte[0]); // makes it now, in no command's transaction, which could take it back
    }

    @Override
    public boolean tomar(UUID organizacao, String email, UsuarioId dono) {
        var mac = secret.mac(
                (organizacao + " " + email.strip().toLowerCase(Locale.ROOT)).getBytes(StandardCharsets.UTF_8));
        db.sql("delete from usuario_email where organization_id = ? and usuario_id = ? and email_mac <> ?")
                .params(organizacao, dono.value(), mac)
                .update();
        // Waits for whoever is taking it in another transaction; the update changes nothing but returns the row.
        return db.sql("""
                        insert into usuario_email (organization_id, email_mac, usuario_id) values (?, ?, ?)
                        on conflict (organization_id, email_mac) do update set usuario_id = usuario_email.usuario_id
                        returning usuario_id
                        """)
                .params(organizacao, mac, dono.value())
                .query(UUID.class)
                .single()
                .equals(dono.value());
    }
}
