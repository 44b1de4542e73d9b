package mutirao;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import mutirao.api.Actors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/// The Swagger UI and the login page as somebody sees them: in a browser. Pictures are left in `target/navegador`.
@Aplicacao
class DocumentacaoNoNavegadorTest {
    private static final String SENHA = "uma senha para o teste";
    private static final int MESA = 1200;
    private static final int TELEFONE = 320;

    private static Chromium chromium;

    @LocalServerPort
    int port;

    @Autowired
    Api api;

    @BeforeAll
    static void abre() {
        chromium = Chromium.abre();
    }

    @AfterAll
    static void fecha() {
        if (chromium != null) {
            chromium.close();
        }
    }

    private Page pagina(String idioma, int largura) {
        return chromium.pagina("http://127.0.0.1:" + port, idioma, largura);
    }

    private static void fotografa(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target", "navegador", name + ".png")));
    }

    @ParameterizedTest
    @CsvSource({"pt-BR, Entrar no Mutirão, Entrar", "en-US, Log in to Mutirão, Log in"})
    void a_pagina_de_entrada_cabe_num_telefone_nas_duas_linguas(String idioma, String titulo, String botao) {
        var entrar = pagina(idioma, TELEFONE);
        for (var path : List.of("/entrar?erro", "/senha", "/senha/nova?token=vencido")) {
            entrar.navigate(path);
            fotografa(entrar, "telefone-" + idioma + path.replaceAll("\\W", "-"));
            assertThat((Boolean) entrar.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
                    .as(path)
                    .isTrue();
        }
        entrar.navigate("/entrar?erro");
        assertThat(entrar).hasTitle(titulo);
        var entra = entrar.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(botao));
        assertThat(entra).isInViewport();
        assertThat(entra.boundingBox().height).as("to be hit with a thumb").isGreaterThanOrEqualTo(44);
    }

    @Test
    void quem_entra_pelo_swagger_ui_pede_e_recebe_201() {
        var docs = pagina("pt-BR", MESA);
        docs.navigate("/docs");
        docs.locator(".btn.authorize").first().click();
        var login = docs.locator(".auth-container form, .auth-container")
                .filter(new Locator.FilterOptions().setHasText("authorizationCode"))
                .first();
        fotografa(docs, "1-authorize");

        var popup = docs.waitForPopup(
                () -> login.locator("button.authorize").first().click());
        popup.getByLabel("E-mail ou login").fill("admin");
        popup.getByLabel("Senha").fill(SENHA);
        fotografa(popup, "2-entrar");
        popup.waitForClose(() -> popup.locator("button[type=submit]").click());
        assertThat(login.getByText("Logout")).isVisible();
        fotografa(docs, "3-entrou");
        docs.locator(".btn-done").first().click();

        var pedir = docs.locator(".opblock-post")
                .filter(new Locator.FilterOptions().setHas(docs.locator("[data-path='/api/necessidades']")));
        pedir.locator(".opblock-summary-control").click();
        pedir.locator(".try-out__btn").click();
        fotografa(docs, "4-exemplo");
        for (int i = 0; i < 2; i++) { // the example that is there, as it is, as often as one likes
            pedir.locator(".execute").click();
            assertThat(pedir.locator(".live-responses-table .response-col_status")
                            .last())
                    .hasText(Pattern.compile("^201"));
            pedir.locator(".btn-clear").click();
        }
        fotografa(docs, "5-criou");

        api.ate(
                "/api/necessidades?creatorId=" + Actors.ADMINISTRATOR,
                page -> page.get("items").size() == 2);
    }
}
