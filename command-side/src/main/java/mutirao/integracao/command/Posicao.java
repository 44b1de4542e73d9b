package mutirao.integracao.command;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.PastOrPresent;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Where a delivery is, as a volunteer's phone tells its gateway.
///
/// @param id         of the delivery
/// @param latitude   degrees, WGS 84
/// @param longitude  degrees, WGS 84
/// @param occurredAt when it was there; null for now
record Posicao(
        @NotNull UUID id,
        @NotNull @DecimalMin("-90") @DecimalMax("90") Double latitude,
        @NotNull @DecimalMin("-180") @DecimalMax("180") Double longitude,
        @PastOrPresent @Nullable Instant occurredAt) {}
