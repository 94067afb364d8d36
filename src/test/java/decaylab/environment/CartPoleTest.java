package decaylab.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import decaylab.random.CounterRandom;
import org.junit.jupiter.api.Test;

class CartPoleTest {
    private static final int PLACE = 0;
    private static final int SPEED = 1;
    private static final int ANGLE = 2;
    private static final int TURNING = 3;

    /** Barto, Sutton and Anderson's equations without friction, solved for the two accelerations as they stand there. */
    private static double[] published(double[] s, double force) {
        double g = 9.8;
        double m = 0.1;
        double mc = 1.0;
        double l = 0.5;
        double tau = 0.02;
        double sin = Math.sin(s[ANGLE]);
        double cos = Math.cos(s[ANGLE]);
        double w2 = s[TURNING] * s[TURNING];
        double angular =
                (g * sin + cos * ((-force - m * l * w2 * sin) / (mc + m))) / (l * (4.0 / 3 - m * cos * cos / (mc + m)));
        double linear = (force + m * l * (w2 * sin - angular * cos)) / (mc + m);
        return new double[] {
            s[PLACE] + tau * s[SPEED], s[SPEED] + tau * linear, s[ANGLE] + tau * s[TURNING], s[TURNING] + tau * angular
        };
    }

    @Test
    void moves_as_published_from_any_state() {
        CounterRandom random = CounterRandom.of(1, "states");
        CartPole world = new CartPole();
        for (int i = 0; i < 1_000; i++) {
            double[] from = {
                4 * random.nextDouble() - 2,
                6 * random.nextDouble() - 3,
                0.4 * random.nextDouble() - 0.2,
                8 * random.nextDouble() - 4,
                7,
                0
            };
            world.restore(from);
            int action = random.nextInt(2);
            world.step(action);
            double[] expected = published(from, action == CartPole.RIGHT ? 10 : -10);
            for (int k = 0; k < expected.length; k++) {
                assertThat(world.save()[k]).isCloseTo(expected[k], within(1e-12));
            }
        }
    }

    @Test
    void begins_near_upright_in_the_middle() {
        CartPole world = new CartPole();
        double[] least = new double[4];
        double[] most = new double[4];
        for (int i = 0; i < 400; i++) {
            world.begin(CounterRandom.of(i, "start"));
            for (int k = 0; k < 4; k++) {
                least[k] = Math.min(least[k], world.save()[k]);
                most[k] = Math.max(most[k], world.save()[k]);
            }
        }
        for (int k = 0; k < 4; k++) { // 400 draws leave less than a tenth at either side but once in 1e8
            assertThat(least[k]).isBetween(-0.05, -0.045);
            assertThat(most[k]).isBetween(0.045, 0.05);
        }
    }

    @Test
    void ends_where_the_pole_is_beyond_twelve_degrees_or_the_cart_off_the_track() {
        CartPole world = new CartPole();
        double limit = Math.toRadians(12);
        world.restore(new double[] {0, 0, limit - 1e-9, 0, 3, 0});
        assertThat(world.step(CartPole.LEFT)).isEqualTo(new Outcome(1, false, false));
        world.restore(new double[] {0, 0, limit - 1e-9, 1e-6, 3, 0});
        assertThat(world.step(CartPole.LEFT)).isEqualTo(new Outcome(1, true, false));
        world.restore(new double[] {-2.399, -0.1, 0, 0, 3, 0});
        assertThat(world.step(CartPole.LEFT)).isEqualTo(new Outcome(1, true, false));
        assertThatThrownBy(() -> world.step(CartPole.LEFT)).hasMessageContaining("over");
    }

    @Test
    void is_broken_off_after_500_steps_which_is_no_fall() {
        CartPole world = new CartPole();
        world.restore(new double[] {0, 0, 0, 0, 498, 0});
        assertThat(world.step(CartPole.LEFT)).isEqualTo(new Outcome(1, false, false));
        assertThat(world.step(CartPole.RIGHT)).isEqualTo(new Outcome(1, false, true));
    }

    /**
     * The literature has about 22 for actions at random. Lengths spread by about 12, so that the mean of 4,000 episodes
     * has a standard error of 0.19; four of them are allowed, and half of a step for "about".
     */
    @Test
    void earns_about_22_with_actions_at_random() {
        CounterRandom actions = CounterRandom.of(5, "actions");
        CartPole world = new CartPole();
        double sum = 0;
        double squares = 0;
        int episodes = 4_000;
        for (int i = 0; i < episodes; i++) {
            world.begin(CounterRandom.of(5, "starts").split(i));
            double earned = 0;
            for (boolean over = false; !over; ) {
                Outcome outcome = world.step(actions.nextInt(2));
                earned += outcome.reward();
                over = outcome.over();
            }
            sum += earned;
            squares += earned * earned;
        }
        double mean = sum / episodes;
        double error = Math.sqrt((squares / episodes - mean * mean) / episodes);
        assertThat(error).isBetween(0.1, 0.25);
        assertThat(mean).isCloseTo(22, within(4 * error + 0.5));
    }

    @Test
    void goes_on_from_saved_numbers_to_the_same_bits() {
        CartPole one = new CartPole();
        one.begin(CounterRandom.of(3, "start"));
        one.step(CartPole.RIGHT);
        CartPole other = new CartPole();
        other.restore(one.save());
        one.step(CartPole.LEFT);
        other.step(CartPole.LEFT);
        assertThat(other.save()).containsExactly(one.save());
    }

    @Test
    void shows_numbers_of_about_one() {
        CartPole world = new CartPole();
        world.restore(new double[] {-2.4, 3, Math.toRadians(12), -3.5, 0, 0});
        float[] seen = new float[5];
        world.observe(seen, 1);
        assertThat(seen).containsExactly(0f, -1f, 1f, 1f, -1f);
    }
}
