package decaylab.optim;

/**
 * The rows of one block of weights, divided into classes whose shares of a step are told apart, such as the rows of an
 * embedding by how often their token comes.
 *
 * @param block place of the block in the layout
 * @param width weights of a row; rows follow one another
 * @param classOf for each row the number of its class, from 0
 * @param classes how many there are
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares two divisions
public record RowClasses(int block, int width, int[] classOf, int classes) {
    public RowClasses {
        if (block < 0 || width < 1) {
            throw new IllegalArgumentException("block " + block + ", rows of " + width);
        }
        for (int each : classOf) {
            if (each < 0 || each >= classes) {
                throw new IllegalArgumentException("class " + each + " of " + classes);
            }
        }
    }
}
