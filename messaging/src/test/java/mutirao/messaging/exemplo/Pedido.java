package mutirao.messaging.exemplo;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Positive;

/// What somebody has ordered.
record Pedido(@NotBlank String produto, @Positive int quantidade) {}
