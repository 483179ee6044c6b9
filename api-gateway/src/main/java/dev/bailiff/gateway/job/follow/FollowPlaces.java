package dev.bailiff.gateway.job.follow;

import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.error.Errcode;
import java.util.HashMap;
import java.util.Map;

/**
 * Bounds the streams and long polls of a gateway, and those with one token.
 *
 * <p><b>Concurrency:</b> thread-safe.
 */
final class FollowPlaces {
  private static final long RETRY_MILLIS = 5_000;

  private final int most;
  private final int mostPerToken;
  private final Map<String, Integer> taken = new HashMap<>();
  private int all;

  FollowPlaces(int most, int mostPerToken) {
    this.most = most;
    this.mostPerToken = mostPerToken;
  }

  /**
   * Takes a place.
   *
   * @param key the token, or the user
   * @throws ApiException 429 if there is none
   */
  synchronized void take(String key) {
    int before = taken.getOrDefault(key, 0);
    if (before >= mostPerToken) {
      throw full(
          mostPerToken + " streams and long polls with this token are open here: end some of them");
    }
    if (all >= most) {
      throw full("Too many streams and long polls are open here: try again, or poll");
    }
    taken.put(key, before + 1);
    all++;
  }

  /** Gives a place back that was taken. */
  synchronized void giveBack(String key) {
    taken.computeIfPresent(key, (unused, places) -> places == 1 ? null : places - 1);
    all--;
  }

  synchronized int taken() {
    return all;
  }

  private static ApiException full(String text) {
    return new ApiException(429, Errcode.M_LIMIT_EXCEEDED, text)
        .with("retry_after_ms", RETRY_MILLIS);
  }
}
