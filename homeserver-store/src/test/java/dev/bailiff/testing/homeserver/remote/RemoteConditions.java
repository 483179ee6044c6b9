package dev.bailiff.testing.homeserver.remote;

import dev.bailiff.homeserver.batch.HomeserverUnavailableException;
import dev.bailiff.homeserver.batch.PaceWish;
import dev.bailiff.homeserver.batch.Snooze;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * The troubles between us and a remote homeserver. They are used up in order, one per operation;
 * without troubles, operations only take their time.
 */
public final class RemoteConditions {
  /** The trouble of one operation. */
  public enum Trouble {
    /** No trouble; for scripts in which only a later operation is in trouble. */
    NONE,
    /** 429: nothing is done, and the answer names the time to come again. */
    RATE_LIMITED,
    /** A time-out, and the server never saw the request. */
    LOST_REQUEST,
    /** A time-out, but the server has done the work. */
    LOST_ANSWER
  }

  private final Deque<Trouble> script = new ArrayDeque<>();
  private Duration latency = Duration.ofMillis(1);
  private Duration retryAfter = Duration.ofMillis(5);
  private final Set<String> met = new HashSet<>();
  private int polls = 2;
  private int listed = Integer.MAX_VALUE;
  private int requests;
  private boolean away;
  private Trouble first = Trouble.NONE;
  private Duration readLatency = Duration.ZERO;
  private Runnable watcher = () -> {};
  private final Set<PaceWish> wishes = new HashSet<>();

  /** Adds the troubles of the next operations. */
  public synchronized RemoteConditions then(Trouble... troubles) {
    script.addAll(Arrays.asList(troubles));
    return this;
  }

  /** Takes note of the pace that a batch wishes. */
  synchronized void wish(PaceWish wish) {
    wishes.add(wish);
  }

  /** The paces that batches on lists wished. */
  public synchronized Set<PaceWish> wishes() {
    return Set.copyOf(wishes);
  }

  /** How long each operation takes. */
  public synchronized RemoteConditions latency(Duration each) {
    latency = each;
    return this;
  }

  /** The delay that "later" answers name, and that the server names while it is away. */
  public synchronized RemoteConditions retryAfter(Duration delay) {
    retryAfter = delay;
    return this;
  }

  /** How often a task of the remote side (redaction, purge) is still running when polled. */
  public synchronized RemoteConditions polls(int count) {
    polls = count;
    return this;
  }

  /** The trouble that each request meets the first time; repeated requests get through. */
  public synchronized RemoteConditions eachFirst(Trouble trouble) {
    first = trouble;
    return this;
  }

  /** How long each read takes. */
  public synchronized RemoteConditions readLatency(Duration each) {
    readLatency = each;
    return this;
  }

  /** How many entries of a list are settled in one operation, or looked at in one read. */
  public synchronized RemoteConditions listed(int most) {
    listed = most;
    return this;
  }

  /** Whether the server is away; neither operations nor reads get through then. */
  public synchronized RemoteConditions away(boolean isAway) {
    away = isAway;
    return this;
  }

  /** Sets a callback for each request and read, called on the thread of the caller. */
  public synchronized RemoteConditions watchedBy(Runnable eachCall) {
    watcher = eachCall;
    return this;
  }

  /** How many requests and reads there were. */
  public synchronized int requests() {
    return requests;
  }

  synchronized int listed() {
    return listed;
  }

  synchronized int polls() {
    return polls;
  }

  synchronized Snooze snooze() {
    return new Snooze(retryAfter);
  }

  /** Simulates the way there and back of a read. */
  void read() {
    arrive();
    Duration pause;
    synchronized (this) {
      pause = readLatency;
    }
    LockSupport.parkNanos(pause.toNanos());
  }

  /**
   * Simulates the way there. Returns an answer if a rate limit keeps the request from the server.
   *
   * @param what identity of the request: a request with the same text is a repetition
   */
  Optional<Snooze> request(String what) {
    arrive();
    Trouble trouble;
    Duration pause;
    synchronized (this) {
      trouble = trouble(what);
      pause = latency;
    }
    LockSupport.parkNanos(pause.toNanos());
    if (trouble == Trouble.LOST_REQUEST) {
      throw lost();
    }
    return trouble == Trouble.RATE_LIMITED ? Optional.of(snooze()) : Optional.empty();
  }

  private Trouble trouble(String what) {
    if (first != Trouble.NONE && met.add(what)) {
      return first;
    }
    Trouble next = script.peek() == null ? Trouble.NONE : script.peek();
    if (next != Trouble.LOST_ANSWER) {
      script.poll();
    }
    return next;
  }

  private void arrive() {
    Runnable watching;
    synchronized (this) {
      requests++;
      watching = watcher;
      if (away) {
        throw new HomeserverUnavailableException("not reached", null, retryAfter);
      }
    }
    watching.run();
  }

  private static HomeserverUnavailableException lost() {
    return new HomeserverUnavailableException("timed out", new IOException("no answer"));
  }

  /** Simulates the way back, after the effect. */
  synchronized void answer() {
    if (script.peek() == Trouble.LOST_ANSWER) {
      script.poll();
      throw lost();
    }
  }
}
