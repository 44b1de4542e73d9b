package mutirao.examples.pedidos;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;

/// The application that takes orders, at port 8091.
@SpringBootApplication
public class PedidosApplication {
    /// @param args properties, or `consumer` and its options
    public static void main(String[] args) {
        application().run(args);
    }

    /// The application, with what any argument or variable may replace.
    public static SpringApplicationBuilder application() {
        return new SpringApplicationBuilder(PedidosApplication.class)
                .properties(
                        "spring.application.name=pedidos",
                        "server.port=8091",
                        "spring.mvc.problemdetails.enabled=true");
    }
}
