package decaylab.parallel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every half is done once, by the time the call returns. */
class TeamTest {
    /** Has the helper do the second half: the first waits for its beginning. */
    private static void byBoth(Team team, IntConsumer work) {
        CountDownLatch begun = new CountDownLatch(1);
        team.halves(part -> {
            if (part == 0) {
                await(begun);
            } else {
                begun.countDown();
            }
            work.accept(part);
        });
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

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
                LockSupport.parkNanos(5_000_000); // far longer than a helper's patience
                byBoth(team, part -> done[part]++);
                assertThat(done).containsExactly(i, i);
            }
        }
    }

    @Test
    void aFailureOfTheHelperIsTheCallers() {
        try (Team team = Team.of(2)) {
            assertThatThrownBy(() -> byBoth(team, part -> {
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
            byBoth(team, part -> worker[part] = Thread.currentThread());
            assertThat(worker[1]).isNotSameAs(Thread.currentThread());
            assertThat(begun[0]).isTrue();
        }
    }

    /** As where its core is another's: the helper is not waited for. */
    @Test
    void theCallerDoesBothHalvesWhereTheHelperIsBusy() {
        CountDownLatch free = new CountDownLatch(1);
        try (Team team = Team.of(2, 0, () -> await(free))) {
            Thread[] worker = new Thread[2];
            for (int i = 0; i < 3; i++) {
                team.halves(part -> worker[part] = Thread.currentThread());
                assertThat(worker).containsOnly(Thread.currentThread());
            }
            free.countDown();
            byBoth(team, part -> worker[part] = Thread.currentThread());
            assertThat(worker[1]).isNotSameAs(Thread.currentThread());
        }
    }

    @Test
    @Timeout(20)
    void aHelperThatCannotBeginIsAFailureAndNoEndlessWait() {
        Runnable broken = () -> {
            throw new IllegalArgumentException("no library");
        };
        try (Team team = Team.of(2, 0, broken)) {
            assertThatThrownBy(() -> {
                        while (true) { // the caller may be done with some tasks before the helper has tried
                            team.halves(part -> {});
                        }
                    })
                    .hasRootCauseMessage("no library");
        }
    }

    @Test
    void aClosedTeamLeavesNoThread() throws InterruptedException {
        Team team = Team.of(2);
        Thread[] helper = new Thread[2];
        byBoth(team, part -> helper[part] = Thread.currentThread());
        team.close();
        helper[1].join(10_000);
        assertThat(helper[1].isAlive()).isFalse();
        assertThat(helper[0]).isSameAs(Thread.currentThread());
    }
}
