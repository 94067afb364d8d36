package decaylab.ui.weight;

import decaylab.optim.AngleLoss;
import decaylab.optim.Descent;
import decaylab.optim.QuadraticLoss;
import decaylab.optim.WeightPair;
import decaylab.ui.base.Numbers;
import decaylab.ui.base.Texts;
import decaylab.ui.run.LogScale;
import java.util.ArrayList;
import java.util.List;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;

/** One weight or two under gradient and decay: settings, start, steps, and what there is to say about them. */
public final class WeightModel {
    private static final int LONGEST_TRAIL = 1000;
    private static final long BETWEEN_STEPS_NANOS = 200_000_000L;
    private static final int DIGITS = 3;
    /** Arrows that fill less than this, in units of the picture's axes, are drawn longer. */
    private static final double LONGEST_ARROW = 3;

    private static final int[] ENLARGEMENTS = {1, 2, 5, 10, 20, 50, 100};
    /** What is left where the two pulls nearly cancel, as a part of the larger one. */
    private static final double NEARLY = 0.1;

    private static final double NOTHING = 1e-9;
    /** Weights of a loss of the direction stay this far from 0, which has none. */
    private static final double LEAST_LENGTH = 0.05;

    private final Texts texts;
    private final ObjectProperty<LossKind> kind = new SimpleObjectProperty<>(this, "kind", LossKind.ONE);
    private final Setting rate;
    private final Setting lambda;
    private final Setting steep;
    private final Setting flat;
    private final BooleanProperty decays = new SimpleBooleanProperty(this, "decays", true);
    private final BooleanProperty playing = new SimpleBooleanProperty(this, "playing");
    private final List<WeightPair> trail = new ArrayList<>();
    private final ReadOnlyObjectWrapper<Walk> walk;
    private WeightPair start = LossKind.ONE.start();
    private long done;
    private long steppedAt;
    private boolean changing;

    /** Begins with one weight. */
    public WeightModel(Texts texts) {
        this.texts = texts;
        rate = new Setting("weight.rate", new LogScale(-2, 1), texts);
        lambda = new Setting("weight.lambda", new LogScale(-3, 1), texts);
        steep = new Setting("weight.steep", new LogScale(-2, 1), texts);
        flat = new Setting("weight.flat", new LogScale(-2, 1), texts);
        setDefaults();
        trail.add(start);
        walk = new ReadOnlyObjectWrapper<>(this, "walk", present());
        for (Setting setting : List.of(rate, lambda, steep, flat)) {
            setting.value().addListener((observable, before, now) -> show());
        }
        decays.addListener((observable, before, now) -> show());
        kind.addListener((observable, before, now) -> {
            changing = true;
            setDefaults();
            decays.set(true);
            changing = false;
            startAgain();
        });
    }

    private void setDefaults() {
        LossKind now = kind.get();
        rate.set(now.rate());
        lambda.set(now.lambda());
        steep.set(now.steep());
        flat.set(now.flat());
        start = now.start();
    }

    /** Which loss is descended; choosing another begins with its own settings. */
    public ObjectProperty<LossKind> kind() {
        return kind;
    }

    /** Eta. */
    public Setting rate() {
        return rate;
    }

    /** Lambda while decay is on. */
    public Setting lambda() {
        return lambda;
    }

    /** The curvature; of two weights along the steep direction, of a loss of the direction its depth. */
    public Setting steep() {
        return steep;
    }

    /** The curvature of two weights along the flat direction. */
    public Setting flat() {
        return flat;
    }

    /** Whether decay is on. */
    public BooleanProperty decays() {
        return decays;
    }

    /** Whether steps follow each other by themselves. */
    public BooleanProperty playing() {
        return playing;
    }

    /** Where the weights are now. */
    public ReadOnlyObjectProperty<Walk> walk() {
        return walk.getReadOnlyProperty();
    }

    /** Takes a step; weights that are no longer finite stay, and stop playing. */
    public void step() {
        Walk now = walk.get();
        if (!now.now().isFinite()) {
            playing.set(false);
            return;
        }
        trail.add(now.next().to());
        if (trail.size() > LONGEST_TRAIL) {
            trail.remove(0);
        }
        done++;
        show();
    }

    /** Back to the start, with the settings as they are. */
    public void startAgain() {
        playing.set(false);
        done = 0;
        trail.clear();
        trail.add(start);
        show();
    }

    /** Starts from other weights; of one weight the second number is not used. */
    public void placeStart(WeightPair at) {
        WeightPair placed = kind.get() == LossKind.ONE ? new WeightPair(at.x(), 0) : at;
        boolean tooShort = kind.get() == LossKind.NORMALISED && placed.norm() < LEAST_LENGTH;
        start = tooShort ? new WeightPair(LEAST_LENGTH, 0) : placed;
        startAgain();
    }

    /** Moves the start. */
    public void moveStart(double across, double up) {
        placeStart(new WeightPair(Numbers.coarse(start.x() + across, 6), Numbers.coarse(start.y() + up, 6)));
    }

    /**
     * Steps when it is time to.
     *
     * @param now nanoseconds
     */
    public void pulse(long now) {
        if (playing.get() && now - steppedAt >= BETWEEN_STEPS_NANOS) {
            steppedAt = now;
            step();
        }
    }

    private void show() {
        if (!changing) {
            walk.set(present());
        }
    }

    private Walk present() {
        WeightPair now = trail.get(trail.size() - 1);
        Descent descent = descent(decays.get());
        return new Walk(kind.get(), descent, done, trail, descent.step(now, done), enlargement());
    }

    private Descent descent(boolean withDecay) {
        return new Descent(
                kind.get().loss(steep.value().get(), flat.value().get()),
                rate.value().get(),
                withDecay ? lambda.value().get() : 0);
    }

    /** By the first step with decay, so that arrows shrink as the steps do and a flip of decay leaves the others as they are. */
    private int enlargement() {
        Descent.Step first = descent(true).step(start, 0);
        double longest = Math.max(
                first.sum().norm(),
                Math.max(first.gradientPart().norm(), first.decayPart().norm()));
        int chosen = 1;
        for (int times : ENLARGEMENTS) {
            chosen = longest * times <= LONGEST_ARROW ? times : chosen;
        }
        return chosen;
    }

    /** The name of a number. */
    String name(Readout readout) {
        boolean turns = kind.get() == LossKind.NORMALISED && readout == Readout.FACTOR;
        return texts.of(turns ? "weight.row.turn" : readout.key());
    }

    /** A number as it is now. */
    String value(Readout readout) {
        Walk now = walk.get();
        return switch (readout) {
            case STEP -> Numbers.count(now.done());
            case WEIGHT -> written(now.now());
            case LOSS -> written(now.descent().loss().at(now.now()));
            case NORM -> written(now.now().norm());
            case GRADIENT_PART -> written(now.next().gradientPart());
            case DECAY_PART -> written(now.next().decayPart());
            case SETTLES -> settles(now);
            case FACTOR -> factor(now.descent());
            case HALF_LIFE -> halfLife(now.descent());
        };
    }

    private String written(double number) {
        return Numbers.rounded(number, DIGITS);
    }

    private String written(WeightPair pair) {
        return kind.get() == LossKind.ONE
                ? written(pair.x())
                : texts.of("weight.pair", written(pair.x()), written(pair.y()));
    }

    private String settles(Walk now) {
        Descent descent = now.descent();
        if (descent.diverges()) {
            return texts.of("weight.nowhere");
        }
        if (descent.loss() instanceof QuadraticLoss quadratic) {
            return written(descent.fixedPoint(quadratic, now.now()));
        }
        double length = settledLength(descent);
        return Double.isInfinite(length) ? texts.of("weight.grows") : texts.of("weight.length", written(length));
    }

    /** ||w|| where it would settle; infinite or not a number where it would not. */
    double settledLength(Descent descent) {
        if (descent.diverges()) {
            return Double.NaN;
        }
        if (descent.loss() instanceof AngleLoss angle) {
            return descent.balancedNorm(angle);
        }
        return descent.fixedPoint((QuadraticLoss) descent.loss(), walk.get().now())
                .norm();
    }

    private String factor(Descent descent) {
        return switch (kind.get()) {
            case ONE -> written(descent.factor(steep.value().get()));
            case TWO ->
                texts.of(
                        "weight.factors",
                        written(descent.factor(steep.value().get())),
                        written(descent.factor(flat.value().get())));
            case NORMALISED -> texts.of("weight.degrees", written(Math.toDegrees(descent.balancedTurn())));
        };
    }

    private String halfLife(Descent descent) {
        double steps = descent.halfLife();
        return Double.isInfinite(steps) ? texts.of("weight.never") : texts.of("weight.steps", written(steps));
    }

    /** What the coming step does, in a sentence. */
    String sentence() {
        Walk now = walk.get();
        if (!now.now().isFinite()) {
            return texts.of("weight.say.gone");
        }
        if (now.descent().diverges()) {
            return texts.of("weight.say.overshoots", written(now.descent().stiffness()));
        }
        return kind.get() == LossKind.NORMALISED ? turning(now) : pulling(now);
    }

    private String pulling(Walk now) {
        Descent.Step next = now.next();
        double gradient = next.gradientPart().norm();
        double decay = next.decayPart().norm();
        double both = next.sum().norm();
        String by = written(gradient);
        String down = written(decay);
        if (Math.max(gradient, decay) < NOTHING) {
            return texts.of("weight.say.rest");
        }
        if (now.descent().lambda() == 0) {
            return texts.of("weight.say.off", by);
        }
        if (gradient < NOTHING) {
            double percent = 100 * (1 - now.descent().keeps());
            return texts.of("weight.say.decayOnly", down, written(percent));
        }
        String pulls = texts.of("weight.say.pulls", by, down);
        double agree = next.gradientPart().dot(next.decayPart()) / (gradient * decay);
        String outcome;
        if (both <= NEARLY * Math.max(gradient, decay)) {
            outcome = "weight.say.balance";
        } else if (agree > 0.9) {
            outcome = "weight.say.together";
        } else if (agree > -0.9) {
            outcome = "weight.say.bend";
        } else {
            outcome = gradient > decay ? "weight.say.gradientWins" : "weight.say.decayWins";
        }
        return texts.of("weight.say.both", pulls, texts.of(outcome, written(both)));
    }

    private String turning(Walk now) {
        double grown = now.next().gradientPart().squared();
        double keeps = now.descent().keeps();
        double taken = (1 - keeps * keeps) * now.now().squared();
        if (now.descent().lambda() == 0) {
            return texts.of("weight.say.turnOff", written(grown));
        }
        String outcome = Math.abs(grown - taken) <= NEARLY * Math.max(grown, taken)
                ? "weight.say.lengthBalance"
                : grown > taken ? "weight.say.lengthGrows" : "weight.say.lengthShrinks";
        return texts.of(
                "weight.say.both", texts.of("weight.say.turn", written(grown), written(taken)), texts.of(outcome));
    }
}
