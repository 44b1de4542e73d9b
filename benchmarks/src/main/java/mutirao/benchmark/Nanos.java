package mutirao.benchmark;

import java.util.Arrays;

/// Measured times. Not thread-safe.
final class Nanos {
    private long[] values = new long[1024];
    private int size;

    void add(long nanos) {
        if (size == values.length) {
            values = Arrays.copyOf(values, size * 2);
        }
        values[size++] = nanos;
    }

    void add(Nanos others) {
        for (int i = 0; i < others.size; i++) {
            add(others.values[i]);
        }
    }

    int size() {
        return size;
    }

    /// In milliseconds, the value below which that share lies; NaN of nothing.
    ///
    /// @param share 0 to 1
    double millis(double share) {
        if (size == 0) {
            return Double.NaN;
        }
        var sorted = Arrays.copyOf(values, size);
        Arrays.sort(sorted);
        return sorted[(int) Math.min(size - 1L, (long) (share * size))] / 1e6;
    }
}
