package mutirao.importacao.command;

import java.util.List;
import mutirao.api.DomainCommand;
import mutirao.platform.rest.Problem;

/// What a line of a file means.
@FunctionalInterface
interface LineFormat {
    /// The commands that store it, in a fixed order and with ids that follow from the line, so that doing it again is
    /// noticed. Empty when there is nothing in it to store.
    ///
    /// @throws Problem when the line is refused as a whole
    List<? extends DomainCommand> commands(String line);
}
