package decaylab.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import decaylab.random.CounterRandom;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GridWorldTest {
    private static final int UP = 0;
    private static final int RIGHT = 1;
    private static final int DOWN = 2;
    private static final int LEFT = 3;
    private static final int GOAL = 4;

    /** The documented layout once more: cells that can be entered. */
    private static final boolean[] FREE = free("1 1 1 1 1", "1 0 0 1 0", "1 1 0 1 1", "0 1 1 0 1", "1 1 1 1 1");

    private static boolean[] free(String... rows) {
        boolean[] free = new boolean[25];
        for (int i = 0; i < 25; i++) {
            free[i] = rows[i / 5].charAt(2 * (i % 5)) == '1';
        }
        return free;
    }

    private static int next(int cell, int action) {
        int row = cell / 5 + (action == DOWN ? 1 : action == UP ? -1 : 0);
        int column = cell % 5 + (action == RIGHT ? 1 : action == LEFT ? -1 : 0);
        boolean possible = row >= 0 && row < 5 && column >= 0 && column < 5 && FREE[5 * row + column];
        return possible ? 5 * row + column : cell;
    }

    @Test
    void has_the_documented_layout() {
        for (int cell = 0; cell < 25; cell++) {
            assertThat(GridWorld.isWall(cell)).isEqualTo(!FREE[cell]);
            assertThat(GridWorld.isGoal(cell)).isEqualTo(cell == GOAL);
        }
    }

    @Test
    void moves_by_one_cell_and_stays_at_walls_and_borders() {
        GridWorld world = new GridWorld();
        for (int cell = 0; cell < 25; cell++) {
            for (int action = 0; action < 4 && FREE[cell] && cell != GOAL; action++) {
                world.restore(new double[] {cell, 0, 0});
                Outcome outcome = world.step(action);
                int there = next(cell, action);
                assertThat(GridWorld.cellOf(world.save())).isEqualTo(there);
                assertThat(outcome).isEqualTo(new Outcome(there == GOAL ? 1 : -0.02, there == GOAL, false));
            }
        }
        assertThatThrownBy(() -> world.step(4)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void is_broken_off_after_50_steps() {
        GridWorld world = new GridWorld();
        world.restore(new double[] {20, 49, 0});
        assertThat(world.step(DOWN)).isEqualTo(new Outcome(-0.02, false, true));
    }

    @Test
    void begins_in_every_free_cell_but_the_goal() {
        GridWorld world = new GridWorld();
        int[] began = new int[25];
        for (int i = 0; i < 1_800; i++) {
            world.begin(CounterRandom.of(2, "start").split(i));
            began[GridWorld.cellOf(world.save())]++;
        }
        for (int cell = 0; cell < 25; cell++) { // 100 each, with a deviation of 9.7
            if (FREE[cell] && cell != GOAL) {
                assertThat(began[cell]).isBetween(55, 145);
            } else {
                assertThat(began[cell]).isZero();
            }
        }
    }

    /** The chain of a policy at random, 50 steps forward, gives its return exactly; played it has to be near. */
    @Test
    void earns_with_actions_at_random_what_the_chain_tells() {
        double[] at = new double[25];
        long starts = IntStream.range(0, 25).filter(c -> FREE[c] && c != GOAL).count();
        for (int cell = 0; cell < 25; cell++) {
            at[cell] = FREE[cell] && cell != GOAL ? 1.0 / starts : 0;
        }
        double expected = 0;
        for (int step = 0; step < 50; step++) {
            double[] then = new double[25];
            for (int cell = 0; cell < 25; cell++) {
                for (int action = 0; action < 4; action++) {
                    int there = next(cell, action);
                    expected += at[cell] / 4 * (there == GOAL ? 1 : -0.02);
                    then[there] += at[cell] / 4;
                }
            }
            then[GOAL] = 0;
            at = then;
        }
        CounterRandom actions = CounterRandom.of(9, "actions");
        GridWorld world = new GridWorld();
        double[] returns = new double[4_000];
        for (int i = 0; i < returns.length; i++) {
            world.begin(CounterRandom.of(9, "starts").split(i));
            for (boolean over = false; !over; ) {
                Outcome outcome = world.step(actions.nextInt(4));
                returns[i] += outcome.reward();
                over = outcome.over();
            }
        }
        double mean = Arrays.stream(returns).average().orElseThrow();
        double variance = Arrays.stream(returns)
                .map(r -> (r - mean) * (r - mean))
                .average()
                .orElseThrow();
        assertThat(mean).isCloseTo(expected, within(4 * Math.sqrt(variance / returns.length)));
    }

    @Test
    void counts_as_solved_only_where_every_cell_leads_to_the_goal_and_nearly_by_the_shortest_way() {
        int[] steps = new int[25];
        Arrays.fill(steps, -1);
        steps[GOAL] = 0;
        Deque<Integer> open = new ArrayDeque<>();
        open.add(GOAL);
        while (!open.isEmpty()) {
            int cell = open.remove();
            for (int from = 0; from < 25; from++) {
                int of = from;
                boolean leads = IntStream.range(0, 4).anyMatch(action -> next(of, action) == cell);
                if (FREE[from] && steps[from] < 0 && leads) {
                    steps[from] = steps[cell] + 1;
                    open.add(from);
                }
            }
        }
        double[] best = IntStream.range(0, 25)
                .filter(c -> FREE[c] && c != GOAL)
                .peek(c -> assertThat(steps[c]).isPositive())
                .mapToDouble(c -> 1 - 0.02 * (steps[c] - 1))
                .toArray();
        double optimum = Arrays.stream(best).average().orElseThrow();
        double solved = EnvironmentKind.GRID_WORLD.solvedFrom();
        assertThat(optimum).isCloseTo(0.91, within(1e-12));
        assertThat(optimum).isGreaterThan(solved);
        assertThat(optimum - (1 + 0.8) / best.length).isLessThan(solved); // one cell from which it never gets there
    }

    @Test
    void shows_a_one_at_its_cell() {
        GridWorld world = new GridWorld();
        world.restore(new double[] {7, 0, 0});
        float[] seen = new float[25];
        world.observe(seen, 0);
        assertThat(seen[7]).isEqualTo(1);
        assertThat(IntStream.range(0, 25).mapToDouble(i -> seen[i]).sum()).isEqualTo(1);
    }
}
