package dev.bailiff.testing;

import dev.bailiff.homeserver.HomeserverUnavailableException;
import dev.bailiff.homeserver.Later;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * What goes wrong between us and a remote homeserver. Troubles are used up in order, one per
 * operation; without any, operations just take their time.
 */
public final class RemoteConditions {
  /** What happens to one operation. */
  public enum Trouble {
    /** Nothing; for scripts in which only a later operation is in trouble. */
    NONE,
    /** 429: nothing is done, and the answer says when to come again. */
    RATE_LIMITED,
    /** A time-out, and the server never saw the request. */
    LOST_REQUEST,
    /** A time-out, and the server has done what was asked. */
    LOST_ANSWER
  }

  private final Deque<Trouble> script = new ArrayDeque<>();
  private Duration latency = Duration.ofMillis(1);
  private Duration retryAfter = Duration.ofMillis(5);
  private int polls = 2;

  /** Adds troubles of the next operations. */
  public synchronized RemoteConditions then(Trouble... troubles) {
    script.addAll(Arrays.asList(troubles));
    return this;
  }

  /** How long each operation takes. */
  public synchronized RemoteConditions latency(Duration each) {
    latency = each;
    return this;
  }

  /** What "later" answers say. */
  public synchronized RemoteConditions retryAfter(Duration delay) {
    retryAfter = delay;
    return this;
  }

  /** How often a task of the remote side (redaction, purge) is still running when asked. */
  public synchronized RemoteConditions polls(int count) {
    polls = count;
    return this;
  }

  synchronized int polls() {
    return polls;
  }

  synchronized Later later() {
    return new Later(retryAfter);
  }

  /** The way there. Returns an answer where the server is not reached for good reasons. */
  Optional<Later> request() {
    Trouble trouble;
    Duration pause;
    synchronized (this) {
      trouble = script.peek() == null ? Trouble.NONE : script.peek();
      if (trouble != Trouble.LOST_ANSWER) {
        script.poll();
      }
      pause = latency;
    }
    LockSupport.parkNanos(pause.toNanos());
    if (trouble == Trouble.LOST_REQUEST) {
      throw new HomeserverUnavailableException("timed out", new IOException("no answer"));
    }
    return trouble == Trouble.RATE_LIMITED ? Optional.of(later()) : Optional.empty();
  }

  /** The way back, after the effect. */
  synchronized void answer() {
    if (script.peek() == Trouble.LOST_ANSWER) {
      script.poll();
      throw new HomeserverUnavailableException("timed out", new IOException("no answer"));
    }
  }
}
