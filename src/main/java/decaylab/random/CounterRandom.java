package decaylab.random;

/**
 * A counter-based generator: the n-th number is a pure function of the seed, the name of the stream and n. Nothing is tied
 * to a thread, any place in the stream is reached in constant time, and a checkpoint needs to keep the counter only.
 *
 * <p>The mixing function is SplitMix64's finaliser (Steele, Lea and Flood, "Fast Splittable Pseudorandom Number
 * Generators", OOPSLA 2014) applied to key + n * golden gamma. Transcendental functions are {@link StrictMath}'s, so that
 * the same seed gives the same bits on every machine.
 */
public final class CounterRandom {
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private final long key;
    private long counter;

    private CounterRandom(long key, long counter) {
        this.key = key;
        this.counter = counter;
    }

    /**
     * The stream of a seed and a name; streams of different names are independent of each other.
     *
     * @param seed any number
     * @param stream what the numbers are for, for example "initialisation"
     */
    public static CounterRandom of(long seed, String stream) {
        long hash = 0xCBF29CE484222325L; // FNV-1a, whose value, unlike a language's own hash, is fixed for good
        for (int i = 0; i < stream.length(); i++) {
            hash = (hash ^ stream.charAt(i)) * 0x100000001B3L;
        }
        return new CounterRandom(mix(mix(seed + GOLDEN_GAMMA) ^ hash), 0);
    }

    /** The sub-stream of this one with a number, for example that of an epoch; it starts at its own beginning. */
    public CounterRandom split(long number) {
        return new CounterRandom(mix(key ^ mix(number + GOLDEN_GAMMA)), 0);
    }

    /** How many 64-bit words were drawn; {@link #seek} takes it back. */
    public long counter() {
        return counter;
    }

    /** Goes to a place in the stream, as {@link #counter} told it. */
    public void seek(long position) {
        counter = position;
    }

    /** The next 64 random bits. */
    public long nextLong() {
        return mix(key + GOLDEN_GAMMA * ++counter);
    }

    /** Uniform in [0, 1), 53 bits. */
    public double nextDouble() {
        return (nextLong() >>> 11) * 0x1.0p-53;
    }

    /**
     * Uniform in 0..bound-1, without bias (Lemire's multiplication method).
     *
     * @param bound at least 1
     * @throws IllegalArgumentException where bound is less than 1
     */
    public int nextInt(int bound) {
        if (bound < 1) {
            throw new IllegalArgumentException("bound is " + bound + "; it must be at least 1");
        }
        long product = (nextLong() >>> 32) * bound;
        long low = product & 0xFFFFFFFFL;
        if (low < bound) {
            long threshold = (0x100000000L - bound) % bound;
            while (low < threshold) {
                product = (nextLong() >>> 32) * bound;
                low = product & 0xFFFFFFFFL;
            }
        }
        return (int) (product >>> 32);
    }

    /** Standard normal (Box-Muller, the cosine branch; two words a number, so that the counter alone is the state). */
    public double nextGaussian() {
        double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - nextDouble()));
        return radius * StrictMath.cos(2 * StrictMath.PI * nextDouble());
    }

    /** A permutation of 0..n-1, uniform among all (Fisher-Yates). */
    public int[] permutation(int n) {
        int[] order = new int[n];
        for (int i = 0; i < n; i++) {
            int j = nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }

    private static long mix(long value) {
        long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
