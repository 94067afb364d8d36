package decaylab.experiment;

import decaylab.optim.NormBall;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The ball onto which each layer's weights are projected after every step. */
public enum Constraint {
    /** Weights go where they want. */
    NONE(null),
    L1_INF(NormBall.L1_INF),
    L2_INF(NormBall.L2_INF),
    L2_2(NormBall.L2_2),
    L2_1(NormBall.L2_1);

    private final @Nullable NormBall ball;

    Constraint(@Nullable NormBall ball) {
        this.ball = ball;
    }

    /** The ball; empty for none. */
    public Optional<NormBall> ball() {
        return Optional.ofNullable(ball);
    }

    /** The word that files, the command line and the screen use. */
    @Override
    public String toString() {
        return ball == null ? "none" : ball.toString();
    }
}
