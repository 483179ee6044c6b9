package dev.bailiff.homeserver.synapse.pace;

import dev.bailiff.homeserver.batch.HomeserverUnavailableException;
import dev.bailiff.homeserver.batch.JobPace;
import dev.bailiff.homeserver.batch.PaceWish;
import dev.bailiff.homeserver.synapse.http.Answer;
import dev.bailiff.homeserver.synapse.http.NoAnswerException;
import dev.bailiff.homeserver.synapse.http.RateLimitedException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The calls with which one batch changes something. Thread-safe. */
public final class PacedCalls {
  private final Pacing pacing;
  private final PaceWish wish;
  private final long end;
  private final AtomicLong begun = new AtomicLong();

  PacedCalls(Pacing pacing, PaceWish wish, long end) {
    this.pacing = pacing;
    this.wish = wish;
    this.end = end;
  }

  /**
   * Makes a call when its turn comes.
   *
   * @throws NoTurnException if the turn does not come in the time of the batch
   */
  public Answer send(Supplier<Answer> call) {
    pacing.callBegins();
    var turn = pacing.turns(pace()).await(end).orElseThrow(NoTurnException::new);
    begun.incrementAndGet();
    boolean overloaded = false;
    try {
      var answer = call.get();
      overloaded = answer.isServerError();
      return answer;
    } catch (RateLimitedException | NoAnswerException | HomeserverUnavailableException e) {
      overloaded = true;
      throw e;
    } finally {
      turn.end(overloaded);
    }
  }

  /**
   * Number of threads that make sense.
   *
   * @param most bound of the operation
   */
  public int threads(int most) {
    return pace() == JobPace.FAST ? most : 1;
  }

  /** The speed of the batch, such as {@code gentle, 11/s}; null if no call was made. */
  public @Nullable String text() {
    return begun.get() == 0 ? null : pacing.text(pace());
  }

  private JobPace pace() {
    return pacing.of(wish, wish.itemsBefore() + begun.get());
  }
}
