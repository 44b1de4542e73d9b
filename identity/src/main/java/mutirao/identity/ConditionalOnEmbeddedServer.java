package mutirao.identity;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import mutirao.platform.side.OnSide;
import mutirao.platform.side.Side;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;

/// Only where the embedded authorization server runs: in the process that decides, unless another issuer replaces it.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@OnSide(Side.COMMAND)
@ConditionalOnProperty(name = IdentitySettings.SERVER, havingValue = "embedded", matchIfMissing = true)
@interface ConditionalOnEmbeddedServer {}
