package decaylab.environment;

import decaylab.random.CounterRandom;
import java.util.ArrayList;
import java.util.List;

/**
 * Five by five cells with a few walls and one goal:
 *
 * <pre>
 * . . . . G
 * . # # . #
 * . . # . .
 * # . . # .
 * . . . . .
 * </pre>
 *
 * An episode begins in any free cell but the goal, all equally likely. Actions go up, right, down and left; who would leave
 * the grid or enter a wall stays. A step costs 0.02, and the one into the goal earns 1 instead; after 50 steps the episode is
 * broken off. The observation is a 1 among 25 numbers, at the cell, row after row.
 */
public final class GridWorld implements Environment {
    /** Cells a side. */
    public static final int SIDE = 5;
    /** How many cells there are, walls included. */
    public static final int CELLS = SIDE * SIDE;

    private static final String LAYOUT = "....G" + ".##.#" + "..#.." + "#..#." + ".....";
    private static final int GOAL = LAYOUT.indexOf('G');
    private static final double COST = 0.02;
    private static final int MOST_STEPS = 50;
    /** Rows and columns that an action goes: up, right, down, left. */
    private static final int[][] MOVES = {{-1, 0}, {0, 1}, {1, 0}, {0, -1}};

    private static final List<Integer> STARTS = starts();

    private int cell = GOAL;
    private int steps;
    private boolean over = true;

    private static List<Integer> starts() {
        List<Integer> starts = new ArrayList<>();
        for (int cell = 0; cell < CELLS; cell++) {
            if (!isWall(cell) && !isGoal(cell)) {
                starts.add(cell);
            }
        }
        return List.copyOf(starts);
    }

    /** Whether nobody can be in a cell; cells count row after row from the upper left. */
    public static boolean isWall(int cell) {
        return LAYOUT.charAt(cell) == '#';
    }

    /** Whether an episode ends in a cell. */
    public static boolean isGoal(int cell) {
        return cell == GOAL;
    }

    /** Writes the observation in a cell. */
    public static void observe(int cell, float[] into, int offset) {
        for (int i = 0; i < CELLS; i++) {
            into[offset + i] = i == cell ? 1 : 0;
        }
    }

    /** The cell in which the numbers of a {@link #save saved} state are. */
    public static int cellOf(double[] state) {
        return (int) state[0];
    }

    @Override
    public int[] observationShape() {
        return new int[] {CELLS};
    }

    @Override
    public int actions() {
        return MOVES.length;
    }

    @Override
    public void begin(CounterRandom random) {
        cell = STARTS.get(random.nextInt(STARTS.size()));
        steps = 0;
        over = false;
    }

    @Override
    public Outcome step(int action) {
        if (over || action < 0 || action >= MOVES.length) {
            throw new IllegalStateException(over ? "the episode is over" : "there is no action " + action);
        }
        int row = cell / SIDE + MOVES[action][0];
        int column = cell % SIDE + MOVES[action][1];
        boolean inside = row >= 0 && row < SIDE && column >= 0 && column < SIDE;
        if (inside && !isWall(row * SIDE + column)) {
            cell = row * SIDE + column;
        }
        steps++;
        boolean there = isGoal(cell);
        boolean truncated = !there && steps >= MOST_STEPS;
        over = there || truncated;
        return new Outcome(there ? 1 : -COST, there, truncated);
    }

    @Override
    public void observe(float[] into, int offset) {
        observe(cell, into, offset);
    }

    /** The cell, steps done, and whether the episode is over. */
    @Override
    public double[] save() {
        return new double[] {cell, steps, over ? 1 : 0};
    }

    @Override
    public void restore(double[] state) {
        cell = cellOf(state);
        steps = (int) state[1];
        over = state[2] != 0;
    }
}
