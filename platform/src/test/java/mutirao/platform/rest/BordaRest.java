package mutirao.platform.rest;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/// What of this package stands at the edge, for tests of other packages.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(CorsSettings.class)
@Import({CorsConfig.class, Problems.class})
public class BordaRest {}
