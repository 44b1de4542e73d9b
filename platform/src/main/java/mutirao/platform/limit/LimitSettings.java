package mutirao.platform.limit;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/// How much may be asked of this process, each from 1 to [#MOST].
///
/// @param pessoa    calls of the API by one person or client
/// @param publico   public reads from one address
/// @param estranhos calls of the API from one address without a token that counts
/// @param falhas    wrong passwords, secrets and codes from one address
@Validated
@ConfigurationProperties("mutirao.limites")
record LimitSettings(
        @Valid @DefaultValue Pessoa pessoa,
        @Valid @DefaultValue Publico publico,
        @Valid @DefaultValue Estranhos estranhos,
        @Valid @DefaultValue Falhas falhas) {
    /// As good as no limit at all.
    static final int MOST = 1_000_000;

    /// @param porSegundo in the long run
    /// @param rajada     at once, by whoever has been quiet
    record Pessoa(
            @DefaultValue("1000") @Min(1) @Max(MOST) int porSegundo,
            @DefaultValue("10000") @Min(1) @Max(MOST) int rajada) {
        Rate rate() {
            return new Rate(rajada, porSegundo, Duration.ofSeconds(1));
        }
    }

    /// @param porSegundo in the long run
    /// @param rajada     at once, from where it has been quiet
    record Publico(
            @DefaultValue("20") @Min(1) @Max(MOST) int porSegundo,
            @DefaultValue("100") @Min(1) @Max(MOST) int rajada) {
        Rate rate() {
            return new Rate(rajada, porSegundo, Duration.ofSeconds(1));
        }
    }

    /// @param porSegundo in the long run
    /// @param rajada     at once, from where there were none
    record Estranhos(
            @DefaultValue("50") @Min(1) @Max(MOST) int porSegundo,
            @DefaultValue("5000") @Min(1) @Max(MOST) int rajada) {
        Rate rate() {
            return new Rate(rajada, porSegundo, Duration.ofSeconds(1));
        }
    }

    /// @param porMinuto in the long run
    /// @param rajada    at once, from where there were none
    record Falhas(
            @DefaultValue("20") @Min(1) @Max(MOST) int porMinuto,
            @DefaultValue("100") @Min(1) @Max(MOST) int rajada) {
        Rate rate() {
            return new Rate(rajada, porMinuto, Duration.ofMinutes(1));
        }
    }
}
