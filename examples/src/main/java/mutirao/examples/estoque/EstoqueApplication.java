package mutirao.examples.estoque;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;

/// The application that keeps the stock, at port 8092.
@SpringBootApplication
public class EstoqueApplication {
    /// @param args properties, or `consumer` and its options
    public static void main(String[] args) {
        application().run(args);
    }

    /// The application, with what any argument or variable may replace.
    public static SpringApplicationBuilder application() {
        return new SpringApplicationBuilder(EstoqueApplication.class)
                .properties(
                        "spring.application.name=estoque",
                        "server.port=8092",
                        "spring.mvc.problemdetails.enabled=true");
    }
}
