package decaylab.optim;

/**
 * Plain gradient descent with weight decay on a loss that can be drawn:
 *
 * <pre>
 *   w_(t+1) = w_t - eta g_t - eta lambda w_t
 * </pre>
 *
 * Whether lambda w is added to the gradient (L2) or taken off the weight (decoupled) makes no difference here: with neither
 * momentum nor division, eta (g + lambda w) is eta g + eta lambda w. What the steps lead to is known in closed form.
 *
 * @param loss what is descended
 * @param rate eta, at least 0
 * @param lambda at least 0; 0 for no decay
 */
public record Descent(SmallLoss loss, double rate, double lambda) {
    /** @throws IllegalArgumentException where learning rate or lambda is below 0 or no number */
    public Descent {
        if (!(rate >= 0 && lambda >= 0)) {
            throw new IllegalArgumentException("learning rate " + rate + ", lambda " + lambda);
        }
    }

    /**
     * One step.
     *
     * @param from the weights before it
     * @param gradientPart -eta g
     * @param decayPart -eta lambda w
     */
    public record Step(WeightPair from, WeightPair gradientPart, WeightPair decayPart) {
        /** What both do together. */
        public WeightPair sum() {
            return gradientPart.plus(decayPart);
        }

        /** The weights after it. */
        public WeightPair to() {
            return from.plus(sum());
        }
    }

    /**
     * The step from given weights.
     *
     * @param step its number, from 0
     */
    public Step step(WeightPair w, long step) {
        return new Step(w, loss.gradient(w, step).times(-rate), w.times(-rate * lambda));
    }

    /** By what a step multiplies a weight that no gradient moves: 1 - eta lambda. */
    public double keeps() {
        return 1 - rate * lambda;
    }

    /**
     * By what a step multiplies the distance to the fixed point along a direction of this curvature: 1 - eta (h + lambda). Its
     * size is above 1 exactly where eta (h + lambda) is above 2, and there the distance grows.
     */
    public double factor(double curvature) {
        return 1 - rate * (curvature + lambda);
    }

    /** Steps after which half of a weight is left that no gradient moves, ln 2 / -ln(1 - eta lambda); infinite without decay, 0 from eta lambda = 1 on. */
    public double halfLife() {
        double taken = rate * lambda;
        if (taken >= 1) {
            return 0;
        }
        return taken == 0 ? Double.POSITIVE_INFINITY : Math.log(2) / -Math.log1p(-taken);
    }

    /** eta (h + lambda) of the steepest direction, which must stay below 2; of a loss without curvature along w, eta lambda. */
    public double stiffness() {
        double curvature = loss instanceof QuadraticLoss quadratic ? Math.max(quadratic.steep(), quadratic.flat()) : 0;
        return rate * (curvature + lambda);
    }

    /** Whether the weights move away for good instead of settling. */
    public boolean diverges() {
        return stiffness() > 2;
    }

    /**
     * Where the steps lead on a quadratic loss, w* = (H + lambda I)^-1 H c. A direction with neither curvature nor decay keeps
     * what it has.
     *
     * @param from the weights that the steps start from
     */
    public WeightPair fixedPoint(QuadraticLoss quadratic, WeightPair from) {
        WeightPair c = quadratic.along(quadratic.minimum());
        WeightPair w = quadratic.along(from);
        return quadratic.across(
                new WeightPair(settled(quadratic.steep(), c.x(), w.x()), settled(quadratic.flat(), c.y(), w.y())));
    }

    private double settled(double curvature, double c, double w) {
        return curvature + lambda == 0 ? w : curvature / (curvature + lambda) * c;
    }

    /** The weights after a number of steps on a quadratic loss, without taking them: w* + (1 - eta (h + lambda))^t (w_0 - w*) along each direction. */
    public WeightPair after(QuadraticLoss quadratic, WeightPair from, long steps) {
        WeightPair settled = fixedPoint(quadratic, from);
        WeightPair off = quadratic.along(from.minus(settled));
        return settled.plus(quadratic.across(new WeightPair(
                Math.pow(factor(quadratic.steep()), (double) steps) * off.x(),
                Math.pow(factor(quadratic.flat()), (double) steps) * off.y())));
    }

    /**
     * The angle in radians by which each step turns weights in balance on a loss of the direction: cos of it is 1 - eta lambda,
     * about sqrt(2 eta lambda). Growth eta^2 ||g||^2 and loss of length (1 - (1 - eta lambda)^2) ||w||^2 are equal there, and
     * the gradient stands at a right angle to w. Not a number from eta lambda = 1 on.
     */
    public double balancedTurn() {
        return rate * lambda < 1 ? Math.acos(keeps()) : Double.NaN;
    }

    /**
     * The length of weights in balance on a loss of the direction: ||w||^4 = eta ghat^2 / (lambda (2 - eta lambda)), with ghat =
     * ||g|| ||w|| where the turns of both batches swing evenly about the best direction. Infinite without decay: nothing
     * takes length away.
     */
    public double balancedNorm(AngleLoss angle) {
        if (lambda == 0) {
            return Double.POSITIVE_INFINITY;
        }
        double pull = angle.depth() * Math.sin(angle.spread() + balancedTurn() / 2);
        return Math.sqrt(Math.sqrt(rate / (lambda * (2 - rate * lambda))) * Math.abs(pull));
    }
}
