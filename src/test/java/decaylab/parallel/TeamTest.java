package decaylab.parallel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every half is done once, by the time the call returns. */
class TeamTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void bothHalvesAreDoneOnceForEachCall(int threads) {
        int[] done = new int[2];
        try (Team team = Team.of(threads)) {
            assertThat(team.threads()).isEqualTo(threads);
            for (int i = 1; i <= 20_000; i++) {
                team.halves(part -> done[part]++);
                assertThat(done).containsExactly(i, i);
            }
        }
    }

    @Test
    void aHelperThatFellAsleepIsWoken() {
        int[] done = new int[2];
        try (Team team = Team.of(2)) {
            for (int i = 1; i <= 20; i++) {
                LockSupport.parkNanos(2_000_000); // far longer than a helper's patience
                team.halves(part -> done[part]++);
                assertThat(done).containsExactly(i, i);
            }
        }
    }

    @Test
    void aFailureOfTheHelperIsTheCallers() {
        try (Team team = Team.of(2)) {
            assertThatThrownBy(() -> team.halves(part -> {
                        if (part == 1) {
                            throw new IllegalArgumentException("no");
                        }
                    }))
                    .isInstanceOf(IllegalStateException.class)
                    .hasRootCauseMessage("no");
            int[] done = new int[2];
            team.halves(part -> done[part]++);
            assertThat(done).containsExactly(1, 1);
        }
    }

    @Test
    void theCallingThreadWorksAloneUntilTheGraceIsOver() {
        Thread[] worker = new Thread[2];
        try (Team team = Team.of(2, TimeUnit.HOURS.toNanos(1), () -> {})) {
            team.halves(part -> worker[part] = Thread.currentThread());
            assertThat(worker[1]).isSameAs(Thread.currentThread());
        }
        boolean[] begun = new boolean[1];
        try (Team team = Team.of(2, 1, () -> begun[0] = true)) {
            LockSupport.parkNanos(1_000_000);
            team.halves(part -> worker[part] = Thread.currentThread());
            assertThat(worker[1]).isNotSameAs(Thread.currentThread());
            assertThat(begun[0]).isTrue();
        }
    }

    @Test
    void aHelperThatCannotBeginIsAFailureAndNoEndlessWait() {
        Runnable broken = () -> {
            throw new IllegalArgumentException("no library");
        };
        try (Team team = Team.of(2, 0, broken)) {
            assertThatThrownBy(() -> team.halves(part -> {})).hasRootCauseMessage("no library");
        }
    }

    @Test
    void aClosedTeamLeavesNoThread() throws InterruptedException {
        Team team = Team.of(2);
        Thread[] helper = new Thread[2];
        team.halves(part -> helper[part] = Thread.currentThread());
        team.close();
        helper[1].join(10_000);
        assertThat(helper[1].isAlive()).isFalse();
        assertThat(helper[0]).isSameAs(Thread.currentThread());
    }
}
