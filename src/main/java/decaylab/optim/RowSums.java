package decaylab.optim;

import java.util.Arrays;

/** The sums of the shares for each class of a block's rows. Mutable, for one thread at a time. */
final class RowSums {
    private final int offset;
    private final int width;
    private final int[] classOf;
    private final BlockSums[] sums;

    /** @param offset first place of the block in the flat vector */
    RowSums(RowClasses rows, int offset) {
        this.offset = offset;
        width = rows.width();
        classOf = rows.classOf();
        sums = new BlockSums[rows.classes()];
        Arrays.setAll(sums, i -> new BlockSums());
    }

    /** Sets every sum to zero. */
    void clear() {
        for (BlockSums each : sums) {
            each.clear();
        }
    }

    /** The sums of a class. */
    BlockSums of(int number) {
        return sums[number];
    }

    /**
     * Adds one weight.
     *
     * @param place in the flat vector
     * @param penalty its u_d
     * @param step its u_g + u_d
     * @param drowned whether |u_d| > |u_g|
     */
    void add(int place, double penalty, double step, boolean drowned) {
        BlockSums into = sums[classOf[(place - offset) / width]];
        into.change += step * step;
        into.penaltySquared += penalty * penalty;
        into.penaltyTimesStep += penalty * step;
        into.drowned += drowned ? 1 : 0;
        into.compared++;
    }

    /**
     * Adds a chunk of single precision, piece of a row by piece of a row.
     *
     * @param place of its first weight in the flat vector
     * @param part the penalty's share but for a factor, from 0
     * @param objective u_g, from 0
     * @param before weights before the step, from 0
     * @param after weights after the step, from 0
     */
    void add(int place, float[] part, float factor, float[] objective, float[] before, float[] after, int length) {
        for (int i = 0; i < length; ) {
            int inBlock = place - offset + i;
            int end = Math.min(length, i + width - inBlock % width);
            double change = 0;
            double squared = 0;
            double product = 0;
            int drowned = 0;
            for (int j = i; j < end; j++) {
                float penalty = factor * part[j];
                double step = before[j] - after[j];
                change += step * step;
                squared += (double) penalty * penalty;
                product += penalty * step;
                drowned += Math.abs(penalty) > Math.abs(objective[j]) ? 1 : 0;
            }
            BlockSums into = sums[classOf[inBlock / width]];
            into.change += change;
            into.penaltySquared += squared;
            into.penaltyTimesStep += product;
            into.drowned += drowned;
            into.compared += end - i;
            i = end;
        }
    }
}
