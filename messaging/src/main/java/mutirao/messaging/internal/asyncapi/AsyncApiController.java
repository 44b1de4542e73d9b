package mutirao.messaging.internal.asyncapi;

import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// Shows the document to who may ask the application anything.
@RestController
class AsyncApiController {
    private final AsyncApiDocument document;

    AsyncApiController(AsyncApiDocument document) {
        this.document = document;
    }

    @GetMapping(
            path = {"/asyncapi", "/asyncapi.json"},
            produces = MediaType.APPLICATION_JSON_VALUE)
    String document() {
        return document.json();
    }
}
