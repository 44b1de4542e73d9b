package mutirao.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.jdbc.core.simple.JdbcClient;

class StandaloneConfigTest {
    @TempDir
    private static Path dir;

    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class))
            .withUserConfiguration(EmbeddedDatabaseConfig.class)
            .withPropertyValues("server.address=127.0.0.1", "mutirao.data-dir=" + dir.resolve("data"));

    @Test
    void sem_banco_configurado_traz_o_seu_e_o_para_por_ultimo() {
        application.run(context -> {
            var rows = JdbcClient.create(context.getBean(DataSource.class))
                    .sql("select current_database()")
                    .query(String.class)
                    .list();
            assertThat(rows).containsExactly("mutirao");
            assertThat(dir.resolve("data/postgres/postmaster.pid")).exists();
        });
        assertThat(dir.resolve("data/postgres/postmaster.pid")).doesNotExist();
    }

    @Test
    void com_banco_configurado_nao_traz_outro() {
        application
                .withPropertyValues(
                        "spring.datasource.url=jdbc:postgresql://localhost/outro",
                        "mutirao.data-dir=" + dir.resolve("x"))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(EmbeddedDatabase.class));
        assertThat(dir.resolve("x")).doesNotExist();
    }

    @Test
    void o_aviso_diz_onde_esta_e_do_que_cuidar() {
        assertThat(ReadyNotice.text("8080", "/casa/dados", "Log in"))
                .contains("http://localhost:8080", "http://localhost:8080/docs", "/casa/dados", "Log in");
    }
}
