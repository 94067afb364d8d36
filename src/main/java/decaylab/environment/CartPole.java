package decaylab.environment;

import decaylab.random.CounterRandom;

/**
 * A pole on a cart that is pushed left or right: Barto, Sutton and Anderson, "Neuronlike adaptive elements that can solve
 * difficult learning control problems" (1983), without friction and with the numbers of the common CartPole-v1. The
 * observation is the cart's place and speed, the pole's angle from upright and its speed, each divided by a number that it seldom
 * exceeds. Each step earns 1, also the one with which the pole falls or the cart leaves the track; after 500 steps the
 * episode is broken off.
 */
public final class CartPole implements Environment {
    /** Action that pushes to the left. */
    public static final int LEFT = 0;
    /** Action that pushes to the right. */
    public static final int RIGHT = 1;
    /** The cart may be so far from the middle, in metres. */
    public static final double TRACK = 2.4;
    /** From the pole's joint to its centre of mass, in metres. */
    public static final double HALF_LENGTH = 0.5;

    private static final double GRAVITY = 9.8;
    private static final double CART_MASS = 1.0;
    private static final double POLE_MASS = 0.1;
    private static final double FORCE = 10;
    private static final double SECONDS = 0.02;
    private static final double LARGEST_ANGLE = 12 * 2 * Math.PI / 360;
    private static final double START = 0.05;
    /** Metres a second. */
    private static final double USUAL_SPEED = 3;
    /** Radians a second. */
    private static final double USUAL_TURNING = 3.5;

    private static final int MOST_STEPS = 500;
    private static final int NUMBERS = 4;

    private double place;
    private double speed;
    private double angle;
    private double turning;
    private int steps;
    private boolean over = true;

    @Override
    public int[] observationShape() {
        return new int[] {NUMBERS};
    }

    @Override
    public int actions() {
        return 2;
    }

    @Override
    public void begin(CounterRandom random) {
        place = start(random);
        speed = start(random);
        angle = start(random);
        turning = start(random);
        steps = 0;
        over = false;
    }

    private static double start(CounterRandom random) {
        return START * (2 * random.nextDouble() - 1);
    }

    @Override
    public Outcome step(int action) {
        if (over || action < LEFT || action > RIGHT) {
            throw new IllegalStateException(over ? "the episode is over" : "there is no action " + action);
        }
        double mass = CART_MASS + POLE_MASS;
        double moment = POLE_MASS * HALF_LENGTH;
        double cosine = StrictMath.cos(angle); // the same bits on every machine
        double sine = StrictMath.sin(angle);
        double push = ((action == RIGHT ? FORCE : -FORCE) + moment * turning * turning * sine) / mass;
        double angular =
                (GRAVITY * sine - cosine * push) / (HALF_LENGTH * (4.0 / 3.0 - POLE_MASS * cosine * cosine / mass));
        double linear = push - moment * angular * cosine / mass;
        place += SECONDS * speed; // Euler's method: places move with the speeds from before
        speed += SECONDS * linear;
        angle += SECONDS * turning;
        turning += SECONDS * angular;
        steps++;
        boolean fallen = !(Math.abs(place) <= TRACK && Math.abs(angle) <= LARGEST_ANGLE);
        boolean truncated = !fallen && steps >= MOST_STEPS;
        over = fallen || truncated;
        return new Outcome(1, fallen, truncated);
    }

    @Override
    public void observe(float[] into, int offset) {
        into[offset] = (float) (place / TRACK);
        into[offset + 1] = (float) (speed / USUAL_SPEED);
        into[offset + 2] = (float) (angle / LARGEST_ANGLE);
        into[offset + 3] = (float) (turning / USUAL_TURNING);
    }

    /** Place, speed, angle and its speed, steps done, and whether the episode is over. */
    @Override
    public double[] save() {
        return new double[] {place, speed, angle, turning, steps, over ? 1 : 0};
    }

    @Override
    public void restore(double[] state) {
        place = state[0];
        speed = state[1];
        angle = state[2];
        turning = state[3];
        steps = (int) state[4];
        over = state[5] != 0;
    }
}
