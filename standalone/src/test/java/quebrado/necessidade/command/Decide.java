package quebrado.necessidade.command;

import java.time.Clock;
import org.axonframework.spring.stereotype.Aggregate;
import org.springframework.web.bind.annotation.RestController;
import quebrado.necessidade.query.Mostra;

@Aggregate
@RestController
public class Decide {
    Mostra mostra;
    Clock relogio = Clock.systemUTC();
}
