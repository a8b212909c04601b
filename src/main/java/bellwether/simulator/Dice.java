package bellwether.simulator;

/** Repeatable randomness without state: the same seed, stream and index always give the same number. */
final class Dice {
    private Dice() {}

    static long mix(long seed, int stream, long index) {
        long z = seed + 0x9E3779B97F4A7C15L * (index + 1) + 0xD1B54A32D192ED03L * (stream + 1L);
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** A number in [0, 1). */
    static double unit(long seed, int stream, long index) {
        return (mix(seed, stream, index) >>> 11) * 0x1.0p-53;
    }

    static boolean chance(long seed, int stream, long index, double probability) {
        return unit(seed, stream, index) < probability;
    }

    /** A number in [0, bound). */
    static int pick(long seed, int stream, long index, int bound) {
        return (int) (unit(seed, stream, index) * bound);
    }

    static <T> T pick(long seed, int stream, long index, java.util.List<T> choices) {
        return choices.get(pick(seed, stream, index, choices.size()));
    }
}
