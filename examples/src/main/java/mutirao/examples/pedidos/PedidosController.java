package mutirao.examples.pedidos;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Positive;
import java.util.Optional;
import mutirao.messaging.NotConfirmed;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
class PedidosController {
    private final Pedidos orders;

    PedidosController(Pedidos orders) {
        this.orders = orders;
    }

    record NewOrder(
            @NotBlank(message = "a product is missing") String product,

            @Positive(message = "quantity must be at least 1")
            int quantity) {}

    @PostMapping("/pedidos")
    @ResponseStatus(HttpStatus.CREATED)
    Pedido create(@Valid @RequestBody NewOrder order) {
        return orders.create(order.product(), order.quantity());
    }

    @GetMapping("/pedidos/{id}")
    ResponseEntity<Pedido> show(@PathVariable String id) {
        return ResponseEntity.of(orders.find(id));
    }

    /// The broker is away, or nobody listens (RabbitMQ). The order may have been told all the same.
    @ExceptionHandler
    ProblemDetail unavailable(NotConfirmed fault) {
        return ProblemDetail.forStatusAndDetail(
                HttpStatus.SERVICE_UNAVAILABLE,
                Optional.ofNullable(fault.getMessage()).orElse("the broker is away"));
    }
}
