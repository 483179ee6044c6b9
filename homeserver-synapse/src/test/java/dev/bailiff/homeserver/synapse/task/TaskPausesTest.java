package dev.bailiff.homeserver.synapse.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TaskPausesTest {

  /** A purge by slices waits for the end of each, and a job of many rooms for each room. */
  @Test
  void theEndOfATaskIsSeenWithinAQuarterOfItsTime() {
    LongStream.iterate(1, end -> end < 120_000, end -> end + 7)
        .forEach(
            end ->
                assertThat(seenAt(end)).as("end %d", end).isLessThanOrEqualTo(end * 5 / 4 + 120));
  }

  @Test
  void aLongTaskIsAskedForEveryFiveSecondsOnly() {
    long pause = TaskPauses.FIRST_MILLIS;
    for (int n = 0; n < 20; n++) {
      pause = TaskPauses.next(pause);
    }

    assertThat(pause).isEqualTo(5000);
  }

  @Test
  void aServerThatFailsToStartATaskGetsAMoment() {
    assertThat(TaskPauses.afterRefusal(TaskPauses.FIRST_MILLIS)).isEqualTo(1000);
    assertThat(TaskPauses.afterRefusal(3000)).isEqualTo(3000);
  }

  /** The first look at or after the end: batches that look, and snoozes between them. */
  private static long seenAt(long end) {
    long now = 0;
    long pause = TaskPauses.FIRST_MILLIS;
    while (true) {
      long polled = 0;
      while (true) {
        if (now >= end) {
          return now;
        }
        if (polled >= TaskPauses.POLLING_MILLIS) {
          break;
        }
        long step = TaskPauses.ofPoll(polled);
        polled += step;
        now += step;
      }
      now += TaskPauses.snooze(pause);
      pause = TaskPauses.next(pause);
    }
  }
}
