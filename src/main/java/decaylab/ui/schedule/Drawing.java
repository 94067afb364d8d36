package decaylab.ui.schedule;

/**
 * What is drawn.
 *
 * @param decay lambda over the run
 * @param rate eta over the run
 * @param target what control is to hold
 */
record Drawing(Curve decay, Curve rate, Curve target) {
    Curve curve(Track track) {
        return switch (track) {
            case DECAY -> decay;
            case RATE -> rate;
            case TARGET -> target;
        };
    }

    Drawing with(Track track, Curve curve) {
        return switch (track) {
            case DECAY -> new Drawing(curve, rate, target);
            case RATE -> new Drawing(decay, curve, target);
            case TARGET -> new Drawing(decay, rate, curve);
        };
    }
}
