package mutirao.platform.rest;

import jakarta.validation.constraints.Pattern;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/// Whose pages may call this program from a browser.
///
/// @param origens such as `https://app.example.org`, or `*` for anybody's; none for no page but the program's own
@Validated
@ConfigurationProperties("mutirao.cors")
record CorsSettings(@DefaultValue List<@Pattern(regexp = "https?://[^/\\s]+|\\*") String> origens) {}
