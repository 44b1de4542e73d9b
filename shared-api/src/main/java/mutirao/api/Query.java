package mutirao.api;

/// A question to a read model, answered with an `R`.
///
/// @param <R> the view, or a [Page] of views
public interface Query<R> {}
