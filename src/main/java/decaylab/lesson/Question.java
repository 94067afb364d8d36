package decaylab.lesson;

import java.util.List;

/**
 * A question with choices.
 *
 * @param choices at least two
 * @param right the place of the right one, from 0
 * @param because why it is right
 */
public record Question(List<String> choices, int right, String because) {
    public Question {
        choices = List.copyOf(choices);
    }
}
