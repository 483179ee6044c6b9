package dev.bailiff.gateway.request;

import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.error.Errcode;
import dev.bailiff.gateway.error.ErrorReply;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/**
 * A body that is read piece by piece. What the reader keeps in memory counts against the limit of a
 * body and the budget of all bodies, as in {@link BodyReading}. At first everything counts; behind
 * {@link #pass} nothing does, as the reader gives away what it reads. Each fault is an {@link
 * ApiException}, so that no parser between this stream and its reader can take it for its own.
 */
public final class BodyStream extends InputStream {
  /**
   * A client that sends its whole body before it reads would be cut off, and never see the reason
   * of a refusal.
   */
  private static final long MOST_DISCARDED = 16L * 1024 * 1024;

  /** Bytes of each body that are not counted, so that small bodies go on beside large ones. */
  private static final int FREE = 8 * 1024;

  /** What may pass without being of any use, such as one line that never ends. */
  private static final long MOST_USELESS = 1024 * 1024;

  /**
   * How long a body that passes may bring nothing of use: the reader holds a transaction. A read
   * that waits for the client may take as long as the connection may stand idle on top of it.
   */
  private static final Duration LONGEST_USELESS = Duration.ofSeconds(20);

  private final InputStream raw;
  private final InputStream content;
  private final BodyLimit limit;
  private final BodyBudget budget;
  private final long begun = System.nanoTime();

  private boolean passing;
  private long arrived;
  private long held;
  private long reserved;
  private long useless;
  private long lastUse;
  private boolean broken;

  private BodyStream(InputStream raw, InputStream content, BodyLimit limit, BodyBudget budget) {
    this.raw = raw;
    this.content = content;
    this.limit = limit;
    this.budget = budget;
  }

  static BodyStream open(RequestBody.Source source, BodyLimit limit, BodyBudget budget) {
    try {
      var content = source.gzip() ? GzipBodies.open(source.stream()) : source.stream();
      var opened = new BodyStream(source.stream(), content, limit, budget);
      opened.announce(source.declared());
      return opened;
    } catch (IOException e) {
      throw BodyReading.unreadable(e);
    }
  }

  /**
   * Takes the announced bytes at once if they are left. Of several large bodies that come together,
   * the first is then read; if each took its share as it comes, all would be refused.
   */
  private void announce(long declared) {
    long bytes = Math.min(declared, limit.bytes()) - FREE;
    if (bytes > 0 && budget.take(bytes)) {
      reserved = bytes;
    }
  }

  /** From now on the reader keeps nothing of what it reads. */
  public void pass() {
    long kept = Math.max(0, held - FREE);
    if (reserved > kept) {
      budget.give(reserved - kept);
      reserved = kept;
    }
    passing = true;
    used();
  }

  /** From now on everything is kept again. */
  public void hold() {
    passing = false;
  }

  /** Something of use has arrived. */
  public void found() {
    useless = 0;
  }

  /** What has arrived was used: the time for the next piece begins. */
  public void used() {
    lastUse = System.nanoTime();
  }

  @Override
  public int read() {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) {
    int got;
    try {
      got = content.read(bytes, offset, length);
    } catch (IOException e) {
      throw broken(BodyReading.unreadable(e));
    } catch (RuntimeException e) {
      throw e.getCause() instanceof IOException cause
          ? broken(BodyReading.unreadable(cause))
          : broken(e);
    }
    requireInTime();
    if (got > 0) {
      count(got);
    }
    return got;
  }

  private void requireInTime() {
    long now = System.nanoTime();
    if (now - begun > limit.time().toNanos()
        || (passing && now - lastUse > LONGEST_USELESS.toNanos())) {
      throw broken(BodyReading.tooSlow());
    }
  }

  private void count(int got) {
    arrived += got;
    if (passing) {
      useless += got;
      if (useless > MOST_USELESS) {
        throw new ApiException(
            413, Errcode.M_TOO_LARGE, "There are " + MOST_USELESS + " bytes without a target");
      }
      return;
    }
    held += got;
    if (held > limit.bytes()) {
      throw new ApiException(
          413, Errcode.M_TOO_LARGE, "The body is larger than " + limit.bytes() + " bytes");
    }
    long more = held - FREE - reserved;
    if (more > 0) {
      if (!budget.take(more)) {
        close(); // frees the budget while the rest of this body is thrown away
        throw new ApiException(
            ErrorReply.again(503, BodyReading.TOO_MANY, BodyReading.AGAIN_MILLIS));
      }
      reserved += more;
    }
  }

  private <E extends RuntimeException> E broken(E failure) {
    broken = true;
    return failure;
  }

  /**
   * Throws the rest away, so that a client that only sends gets to its reply; not of a body that is
   * far larger than any that is read.
   */
  public void discard() {
    var piece = new byte[FREE];
    try {
      int got = 0;
      for (long seen = arrived;
          !broken && got >= 0 && seen <= limit.bytes() + MOST_DISCARDED;
          seen += got) {
        got = raw.read(piece);
        requireInTime();
      }
    } catch (IOException | RuntimeException e) {
      // The reason of the refusal is known; that the client has gone away is no other one.
      broken = true;
    }
  }

  /** Gives the bytes back to the budget. */
  @Override
  public void close() {
    budget.give(reserved);
    reserved = 0;
  }
}
