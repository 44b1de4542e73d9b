package mutirao.examples.estoque;

/// Less is left than an order asks for. No fault: an answer.
final class Insufficient extends Exception {
    private final int left;

    Insufficient(int left) {
        super("only " + left + " left");
        this.left = left;
    }

    int left() {
        return left;
    }
}
