package dev.bailiff.homeserver.synapse.pace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.bailiff.homeserver.batch.JobPace;
import dev.bailiff.homeserver.batch.PaceWish;
import dev.bailiff.homeserver.synapse.http.Answer;
import dev.bailiff.homeserver.synapse.http.RateLimitedException;
import dev.bailiff.testing.SettableNanos;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PacingTest {
  private static final Answer OK = new Answer(200, JsonNodeFactory.instance.objectNode());

  private final SettableNanos clock = new SettableNanos();
  private final Pacing pacing = new Pacing(new PaceConfig(8, 3, 1.5), () -> {}, clock);

  @AfterEach
  void close() {
    pacing.close();
  }

  @Test
  void theFirstItemsOfAJobAreFastAndTheRestIsGentle() {
    var calls = calls(null, 1);
    assertEquals(8, calls.threads(8));
    calls.send(() -> OK);
    assertEquals("fast, 4 at a time", calls.text());

    calls.send(() -> OK);

    assertEquals("gentle, 5/s", calls.text());
    assertEquals(1, calls.threads(8));
  }

  @Test
  void aJobThatAskedForFastStaysFast() {
    var calls = calls(JobPace.FAST, 100);
    calls.send(() -> OK);

    assertEquals("fast, 4 at a time", calls.text());
  }

  @Test
  void aJobThatAskedForGentleIsGentleFromTheStart() {
    var calls = calls(JobPace.GENTLE, 0);
    calls.send(() -> OK);

    assertEquals("gentle, 5/s", calls.text());
  }

  @Test
  void aCallWhoseTurnDoesNotComeInTimeIsNotMade() {
    calls(JobPace.GENTLE, 0).send(() -> OK);
    var late = calls(JobPace.GENTLE, 0);

    assertThrows(NoTurnException.class, () -> late.send(() -> OK));
    assertNull(late.text());
  }

  @Test
  void allJobsShareOneGentlePace() {
    calls(JobPace.GENTLE, 0).send(() -> OK);
    assertThrows(NoTurnException.class, () -> calls(JobPace.GENTLE, 0).send(() -> OK));
    clock.passMillis(200);

    assertEquals(OK, calls(JobPace.GENTLE, 0).send(() -> OK));
  }

  @Test
  void aRateLimitOfSynapseCutsThePaceAndIsPassedOn() {
    clock.passMillis(1);
    var calls = calls(JobPace.FAST, 0);

    assertThrows(
        RateLimitedException.class,
        () ->
            calls.send(
                () -> {
                  throw new RateLimitedException(Duration.ofSeconds(1));
                }));

    assertEquals(2, pacing.limit());
  }

  @Test
  void aServerErrorCutsThePace() {
    clock.passMillis(1);
    calls(JobPace.GENTLE, 0).send(() -> new Answer(500, JsonNodeFactory.instance.objectNode()));

    assertEquals(3.5, pacing.rate(), 0.001);
  }

  private PacedCalls calls(@Nullable JobPace pace, long before) {
    return pacing.batch(new PaceWish(pace, before), clock.getAsLong());
  }
}
