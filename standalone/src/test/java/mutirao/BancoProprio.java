package mutirao;

import java.util.List;
import java.util.Map;
import mutirao.platform.test.TestDatabase;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/// An empty database and a role that owns it and is nothing else, as an operator makes them.
record BancoProprio(String host, String name) {
    static final String PAPEL = "mutirao";
    static final String SENHA = "mutirao";

    static BancoProprio novo() {
        var address = TestDatabase.fresh().replaceFirst("\\?.*", "").replaceFirst("^jdbc:postgresql://", "");
        var slash = address.indexOf('/');
        var fresh = new BancoProprio(address.substring(0, slash), address.substring(slash + 1));
        var db = fresh.como("postgres", "");
        if (db.sql("select from pg_roles where rolname = ?")
                .param(PAPEL)
                .query((_, _) -> true)
                .list()
                .isEmpty()) {
            db.sql("create role %s login password '%s'".formatted(PAPEL, SENHA)).update();
        }
        db.sql("alter database %s owner to %s".formatted(fresh.name, PAPEL)).update();
        return fresh;
    }

    /// `host:port/name`.
    String endereco() {
        return host + "/" + name;
    }

    String url() {
        return "jdbc:postgresql://" + endereco();
    }

    /// What names it to the program.
    Map<String, String> variaveis() {
        return Map.of(
                "SPRING_DATASOURCE_URL", url(),
                "SPRING_DATASOURCE_USERNAME", PAPEL,
                "SPRING_DATASOURCE_PASSWORD", SENHA);
    }

    private JdbcClient como(String user, String password) {
        return JdbcClient.create(new DriverManagerDataSource(url(), user, password));
    }

    /// The first column of what is asked.
    List<String> pergunta(String sql) {
        return como(PAPEL, SENHA).sql(sql).query(String.class).list();
    }
}
