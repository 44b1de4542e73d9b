package mutirao.examples.estoque;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import mutirao.messaging.DeadLetter;
import mutirao.messaging.DeadLetters;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

@RestController
class EstoqueController {
    private final Estoque stock;
    private final DeadLetters letters;

    EstoqueController(Estoque stock, DeadLetters letters) {
        this.stock = stock;
        this.letters = letters;
    }

    @GetMapping("/estoque")
    Map<String, Integer> left() {
        return stock.left();
    }

    @PostMapping("/estoque/{product}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void bring(@PathVariable String product, @RequestParam int quantity) {
        stock.bring(product, quantity);
    }

    @GetMapping("/mortas")
    List<DeadLetter> dead() {
        return letters.list(null, null, null, 50);
    }

    @PostMapping("/mortas/{id}/retry")
    @ResponseStatus(HttpStatus.ACCEPTED)
    void retry(@PathVariable UUID id) {
        if (!letters.retry(id)) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
    }
}
