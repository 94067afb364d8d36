package decaylab.instrument;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TokenClassTest {
    @Test
    void ranksAreCutAtTwentiethFifthHalfAndFourFifths() {
        long[] counts = new long[102];
        IntStream.range(0, 100).forEach(i -> counts[i] = 1_000L - i); // two tokens never come
        TokenClass[] classes = TokenClass.of(counts);
        assertThat(counts(classes)).containsExactly(5, 15, 30, 30, 20, 2);
        assertThat(classes[0]).isEqualTo(TokenClass.MOST_FREQUENT);
        assertThat(classes[4]).isEqualTo(TokenClass.MOST_FREQUENT);
        assertThat(classes[5]).isEqualTo(TokenClass.FREQUENT);
        assertThat(classes[99]).isEqualTo(TokenClass.RAREST);
        assertThat(classes[101]).isEqualTo(TokenClass.NEVER);
    }

    @Test
    void equalCountsAreRankedByNumberAndAFewTokensAreStillDivided() {
        assertThat(TokenClass.of(new long[] {7, 9, 7}))
                .containsExactly(TokenClass.MEDIUM, TokenClass.MOST_FREQUENT, TokenClass.RARE);
        assertThat(TokenClass.ranked(new long[] {7, 9, 7})).containsExactly(1, 0, 2);
        assertThat(TokenClass.of(new long[] {0, 0})).containsExactly(TokenClass.NEVER, TokenClass.NEVER);
    }

    private static int[] counts(TokenClass[] classes) {
        return Arrays.stream(TokenClass.values())
                .mapToInt(each ->
                        (int) Arrays.stream(classes).filter(of -> of == each).count())
                .toArray();
    }
}
