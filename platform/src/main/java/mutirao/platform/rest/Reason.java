package mutirao.platform.rest;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

/// A body that only says why.
public record Reason(@NotBlank @Size(max = 1000) String reason) {}
