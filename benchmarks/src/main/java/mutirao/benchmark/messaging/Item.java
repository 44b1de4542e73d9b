package mutirao.benchmark.messaging;

/// The data of each message, 200 bytes of JSON.
record Item(int number, String text) {
    private static final String TEXT = "x".repeat(170);

    static Item of(int i) {
        return new Item(i, TEXT);
    }
}
