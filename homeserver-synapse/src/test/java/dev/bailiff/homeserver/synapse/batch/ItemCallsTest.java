package dev.bailiff.homeserver.synapse.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.bailiff.homeserver.batch.BatchCommit;
import dev.bailiff.homeserver.batch.BatchOutcome;
import dev.bailiff.homeserver.batch.HomeserverUnavailableException;
import dev.bailiff.homeserver.batch.JobPace;
import dev.bailiff.homeserver.batch.PaceWish;
import dev.bailiff.homeserver.synapse.http.Answer;
import dev.bailiff.homeserver.synapse.http.RateLimitedException;
import dev.bailiff.homeserver.synapse.http.UnexpectedAnswerException;
import dev.bailiff.homeserver.synapse.pace.PaceConfig;
import dev.bailiff.homeserver.synapse.pace.Pacing;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ItemCallsTest {
  private final ItemCalls calls = new ItemCalls(new Pacing(PaceConfig.defaults(), () -> {}));
  private final NotedSpeed commit = new NotedSpeed(PaceWish.NONE);

  @AfterEach
  void close() {
    calls.close();
  }

  @Test
  void allItemsAreSettledInOrder() {
    var prefix = settle(4, item -> item.equals("b") ? Settlement.skipped() : Settlement.done());

    assertEquals(
        List.of(Settlement.done(), Settlement.skipped(), Settlement.done()), prefix.settled());
    assertEquals(null, prefix.again());
  }

  @Test
  void aReadEndsWhenItsTimeIsOver() {
    var now = new AtomicLong();
    try (var timed =
        new ItemCalls(
            new Pacing(PaceConfig.defaults(), () -> {}), () -> {}, new ReadTime(now::get))) {
      var read =
          timed.readFirst(
              List.of("a", "b", "c", "d"),
              1,
              item -> {
                now.addAndGet(Duration.ofSeconds(2).toNanos());
                return item;
              });

      assertEquals(List.of("a", "b"), read);
    }
  }

  @Test
  void aReadWhoseTimeIsOverFromTheStartReadsOneItem() {
    var now = new AtomicLong();
    try (var timed =
        new ItemCalls(
            new Pacing(PaceConfig.defaults(), () -> {}),
            () -> {},
            new ReadTime(() -> now.getAndAdd(Duration.ofHours(1).toNanos())))) {
      assertEquals(1, timed.readFirst(List.of("a", "b"), 1, item -> item).size());
      assertEquals(List.of(), timed.readFirst(List.of(), 1, item -> item));
    }
  }

  @Test
  void aRateLimitEndsThePrefixBeforeItsItem() {
    var prefix =
        settle(
            1,
            item -> {
              if (item.equals("b")) {
                throw new RateLimitedException(Duration.ofSeconds(7));
              }
              return Settlement.done();
            });

    assertEquals(1, prefix.settled().size());
    assertEquals(Duration.ofSeconds(7), prefix.again());
  }

  @Test
  void aRefusalIsTheFailureOfItsItemInSynapsesWords() {
    var body =
        JsonNodeFactory.instance
            .objectNode()
            .put("errcode", "M_FORBIDDEN")
            .put("error", "no power");

    var prefix =
        settle(
            1,
            item -> {
              throw new UnexpectedAnswerException(new Answer(403, body));
            });

    var failed = (Settlement.Failed) prefix.settled().get(0);
    assertEquals("403: no power", failed.failure().text());
    assertEquals("M_FORBIDDEN", failed.failure().code());
    assertEquals(3, prefix.settled().size());
  }

  @Test
  void anItemFailsWithItsThirdServerError() {
    Function<String, Settlement> call =
        item -> {
          throw new UnexpectedAnswerException(
              new Answer(500, JsonNodeFactory.instance.objectNode()));
        };

    assertEquals(List.of(), settle(1, call).settled());
    assertEquals(List.of(), settle(1, call).settled());
    assertEquals(1, settle(1, call).settled().size());
  }

  @Test
  void anUnreachableHomeserverKeepsWhatWasSettled() {
    var prefix =
        settle(
            1,
            item -> {
              if (item.equals("b")) {
                throw new HomeserverUnavailableException("away", null);
              }
              return Settlement.done();
            });

    assertEquals(1, prefix.settled().size());
  }

  @Test
  void anUnreachableHomeserverIsReportedByTheFirstItem() {
    assertThrows(
        HomeserverUnavailableException.class,
        () ->
            settle(
                4,
                item -> {
                  throw new HomeserverUnavailableException("away", null);
                }));
  }

  @Test
  void theSpeedIsNotedOfABatchThatSentCalls() {
    var gentle = new NotedSpeed(new PaceWish(JobPace.GENTLE, 0));

    calls.settle(
        "test",
        List.of("a"),
        8,
        false,
        gentle,
        id -> new ItemCalls.Name(id, 0),
        (item, paced) -> {
          paced.send(() -> new Answer(200, JsonNodeFactory.instance.objectNode()));
          return Settlement.done();
        });

    assertEquals("gentle, 5/s", gentle.speed);
  }

  @Test
  void noSpeedIsNotedOfABatchThatSentNothing() {
    settle(4, item -> Settlement.skipped());

    assertNull(commit.speed);
  }

  private ItemCalls.Prefix settle(int parallel, Function<String, Settlement> call) {
    return calls.settle(
        "test",
        List.of("a", "b", "c"),
        parallel,
        false,
        commit,
        id -> new ItemCalls.Name(id, 0),
        (item, paced) -> call.apply(item));
  }

  private static final class NotedSpeed implements BatchCommit {
    private final PaceWish wish;
    private @Nullable String speed;

    NotedSpeed(PaceWish wish) {
      this.wish = wish;
    }

    @Override
    public void fence() {}

    @Override
    public BatchOutcome record(BatchOutcome outcome) {
      return outcome;
    }

    @Override
    public PaceWish pace() {
      return wish;
    }

    @Override
    public void paced(String text) {
      speed = text;
    }
  }
}
