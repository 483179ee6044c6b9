package dev.bailiff.gateway.job.upload;

import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.error.ErrorReply;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Bounds how many uploads run at once. Each holds a connection of the pool until its client has
 * sent everything, and other calls need the rest of the pool.
 *
 * <p><b>Concurrency:</b> thread-safe.
 */
public final class UploadPlaces {
  private static final long AGAIN_MILLIS = 5_000;

  private final Semaphore places;
  private final Duration wait;

  /**
   * @param most uploads at once
   * @param wait how long the next one waits; shorter than a connection may stand idle, as the
   *     client cannot send anything meanwhile
   */
  public UploadPlaces(int most, Duration wait) {
    this.places = new Semaphore(most, true);
    this.wait = wait;
  }

  /**
   * Does the work as soon as there is a place.
   *
   * @throws ApiException 503 if there is none in time
   */
  public <T> T during(Supplier<T> work) {
    if (!isTaken()) {
      throw new ApiException(
          ErrorReply.again(
              503,
              "Too many uploads are at work just now, and nothing of this one was done. Send it again in a moment",
              AGAIN_MILLIS));
    }
    try {
      return work.get();
    } finally {
      places.release();
    }
  }

  private boolean isTaken() {
    try {
      return places.tryAcquire(wait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
