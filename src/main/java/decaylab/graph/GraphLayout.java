package decaylab.graph;

import decaylab.random.CounterRandom;
import java.util.Arrays;

/**
 * Where the nodes of a graph are drawn: neighbours pull each other, all push each other (Fruchterman and Reingold 1991), and a weak
 * pull to the middle keeps together what no edge does. The same graph is always drawn the same.
 *
 * @param across of each node, in [0, 1]
 * @param down of each node, in [0, 1]
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares two layouts
public record GraphLayout(float[] across, float[] down) {
    private static final int MOST_ROUNDS = 200;
    private static final int LEAST_ROUNDS = 20;

    /** Pairs of nodes that are looked at in all: about two seconds. */
    private static final double MOST_PAIRS = 1.2e9;

    /** Pull to the middle a unit away from it, in steps of the distance at which push and pull of an edge are even. */
    private static final float GRAVITY = 0.02f;

    /** The part of the nodes at each side that may lie on the rim, so that a few far away do not shrink the rest. */
    private static final double RIM = 0.005;

    /**
     * Lays out a graph.
     *
     * @param edges two ends for each edge
     */
    public static GraphLayout of(int[] edges, int nodes) {
        CounterRandom random = CounterRandom.of(0, "graph layout");
        float[] x = new float[nodes];
        float[] y = new float[nodes];
        for (int i = 0; i < nodes; i++) {
            x[i] = (float) random.nextDouble() - 0.5f;
            y[i] = (float) random.nextDouble() - 0.5f;
        }
        double pairs = (double) nodes * nodes;
        int rounds = (int) Math.max(LEAST_ROUNDS, Math.min(MOST_ROUNDS, MOST_PAIRS / pairs));
        float apart =
                (float) Math.sqrt(1.0 / Math.max(1, nodes)); // the distance at which push and pull of an edge are even
        float[] pushX = new float[nodes];
        float[] pushY = new float[nodes];
        for (int round = 0; round < rounds; round++) {
            push(x, y, apart * apart, pushX, pushY);
            pull(edges, x, y, apart, pushX, pushY);
            float most = 0.1f * (1 - (float) round / rounds); // ever shorter steps
            for (int i = 0; i < nodes; i++) {
                float dx = pushX[i] - GRAVITY * x[i] / apart;
                float dy = pushY[i] - GRAVITY * y[i] / apart;
                float length = (float) Math.sqrt(dx * dx + dy * dy) + 1e-12f;
                float step = Math.min(length, most) / length;
                x[i] += dx * step;
                y[i] += dy * step;
            }
        }
        return new GraphLayout(toUnit(x), toUnit(y));
    }

    /** Every node pushes every other one by apart^2 / distance. */
    private static void push(float[] x, float[] y, float square, float[] pushX, float[] pushY) {
        int nodes = x.length;
        for (int i = 0; i < nodes; i++) {
            float ownX = x[i];
            float ownY = y[i];
            float sumX = 0;
            float sumY = 0;
            for (int j = 0; j < nodes; j++) {
                float dx = ownX - x[j];
                float dy = ownY - y[j];
                float factor = square / (dx * dx + dy * dy + 1e-9f);
                sumX += dx * factor;
                sumY += dy * factor;
            }
            pushX[i] = sumX;
            pushY[i] = sumY;
        }
    }

    /** An edge pulls its ends together by distance^2 / apart. */
    private static void pull(int[] edges, float[] x, float[] y, float apart, float[] pushX, float[] pushY) {
        for (int i = 0; i < edges.length; i += 2) {
            float dx = x[edges[i]] - x[edges[i + 1]];
            float dy = y[edges[i]] - y[edges[i + 1]];
            float factor = (float) Math.sqrt(dx * dx + dy * dy) / apart;
            pushX[edges[i]] -= dx * factor;
            pushY[edges[i]] -= dy * factor;
            pushX[edges[i + 1]] += dx * factor;
            pushY[edges[i + 1]] += dy * factor;
        }
    }

    private static float[] toUnit(float[] places) {
        float[] sorted = places.clone();
        Arrays.sort(sorted);
        int rim = (int) (RIM * places.length);
        float from = sorted[rim];
        float length = sorted[places.length - 1 - rim] - from;
        float[] unit = new float[places.length];
        for (int i = 0; i < places.length; i++) {
            unit[i] = length > 0 ? Math.max(0, Math.min(1, (places[i] - from) / length)) : 0.5f;
        }
        return unit;
    }
}
