package decaylab.instrument.geometry;

import decaylab.experiment.NetworkKind;

/**
 * How closely is measured.
 *
 * @param examples of the training set at most, for everything but the noise
 * @param batches mini-batches for the noise, at least 2
 * @param directions random ones for the sharpness, at least 1
 * @param rho how far they go: absolutely, or as a part of a layer's norm
 * @param lanczos how the largest eigenvalues are found
 * @param seed of the examples, batches and directions
 */
public record MeterSettings(int examples, int batches, int directions, double rho, Lanczos lanczos, long seed) {
    public MeterSettings {
        if (examples < 1 || batches < 2 || directions < 1 || !(rho > 0)) {
            throw new IllegalArgumentException(
                    examples + " examples, " + batches + " batches, " + directions + " directions, rho " + rho);
        }
    }

    /**
     * For a network: 2,000 examples, or 500 where each costs twenty times as much because its network is convolutional; 40
     * batches, 5 directions at 0.1; 20 to 60 iterations, to a residual of a thousandth, which leaves about
     * its square of the eigenvalue.
     */
    public static MeterSettings fitting(NetworkKind kind) {
        return new MeterSettings(kind.convolves() ? 500 : 2_000, 40, 5, 0.1, new Lanczos(1, 20, 60, 1e-3), 1);
    }
}
