package mutirao.examples.estoque;

/// Nobody ever brought any of it, so far.
final class UnknownProduct extends Exception {
    UnknownProduct(String message) {
        super(message);
    }
}
