package decaylab.ui.predict;

import decaylab.ui.base.Numbers;
import decaylab.ui.base.Texts;
import java.util.Locale;

/** A score in words: kind, and with nothing in them that was not measured. */
public final class PredictionWords {
    private static final int DIGITS = 2;
    private static final int VERY_NEAR = 90;
    private static final int NEAR = 70;
    private static final int PARTLY = 45;

    private final Texts texts;

    /** @param texts the patterns */
    public PredictionWords(Texts texts) {
        this.texts = texts;
    }

    /**
     * One to four short sentences.
     *
     * @param first the first step of the prediction
     */
    public String of(PredictionScore score, long first) {
        StringBuilder words = new StringBuilder(texts.of("predict.score", score.points(), opening(score.points())));
        words.append(' ').append(direction(score));
        if (score.largest() == 0) {
            return words.append(' ').append(texts.of("predict.exact")).toString();
        }
        String largest = Numbers.rounded(score.largest(), DIGITS);
        String at = Numbers.count(score.largestAt());
        boolean close = score.closeUntil() > score.closeFrom();
        if (close && score.closeFrom() <= first && score.closeUntil() >= score.last()) {
            words.append(' ').append(texts.of("predict.closeAll", largest, at));
        } else if (close && score.closeFrom() <= first) {
            words.append(' ').append(texts.of("predict.closeUntil", Numbers.count(score.closeUntil()), largest, at));
        } else if (close) {
            words.append(' ')
                    .append(texts.of(
                            "predict.closeBetween",
                            Numbers.count(score.closeFrom()),
                            Numbers.count(score.closeUntil()),
                            largest,
                            at));
        } else {
            words.append(' ').append(texts.of("predict.largest", largest, at));
        }
        return words.toString();
    }

    private String opening(int points) {
        return texts.of(
                points >= VERY_NEAR
                        ? "predict.veryNear"
                        : points >= NEAR ? "predict.near" : points >= PARTLY ? "predict.partly" : "predict.far");
    }

    private String direction(PredictionScore score) {
        String went = word("predict.went.", score.measured());
        return score.directionRight()
                ? texts.of("predict.directionRight", went)
                : texts.of("predict.directionOther", went, word("predict.drew.", score.predicted()));
    }

    private String word(String key, PredictionScore.Direction direction) {
        return texts.of(key + direction.name().toLowerCase(Locale.ROOT));
    }
}
