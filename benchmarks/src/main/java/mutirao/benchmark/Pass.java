package mutirao.benchmark;

import java.io.IOException;

/// What a request brings to be let in.
interface Pass {
    /// For whatever asks nobody who they are.
    Pass NONE = () -> new byte[0];

    /// A line of the request's head with its line end, or nothing.
    ///
    /// @throws IOException when it could not be had
    byte[] header() throws IOException;
}
