package dev.bailiff.gateway.request;

import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.error.Errcode;
import dev.bailiff.gateway.error.ErrorReply;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.concurrent.TimeoutException;

/**
 * Reads one body to its end, within its own limit and within the budget of all bodies. {@link
 * #close} gives the bytes back to the budget.
 */
final class BodyReading implements AutoCloseable {
  private static final int PIECE = 16 * 1024;

  // A client that sends its whole body before it reads would be cut off, and never see the reason
  // of the refusal.
  private static final long MOST_DISCARDED = 16L * 1024 * 1024;

  /** Bytes of each body that are not counted, so that ordinary calls go on beside large bodies. */
  private static final int FREE = 8 * 1024;

  static final long AGAIN_MILLIS = 5_000;

  static final String TOO_MANY =
      "Too many large requests are at work just now, and nothing of this one was done. Send it again in a moment";

  private final BodyLimit limit;
  private final BodyBudget budget;
  private byte[] bytes = new byte[0];
  private int length;
  private long reserved;

  BodyReading(BodyLimit limit, BodyBudget budget) {
    this.limit = limit;
    this.budget = budget;
  }

  /** The bytes of the body; only the first {@link #length()} count. */
  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  /**
   * Reads the body.
   *
   * @param declared bytes that the client announced, below 0 if it announced none. They are taken
   *     at once. Of several large bodies that come together, the first is then read; if each took
   *     its share as it comes, all would be refused
   */
  void read(InputStream stream, long declared) {
    boolean kept = reserve(Math.min(declared, limit.bytes()));
    long begun = System.nanoTime();
    var piece = new byte[PIECE];
    long seen = 0;
    try {
      int got;
      // Each read waits for one piece, and at most as long as the connection may stand idle.
      while ((got = stream.read(piece)) >= 0 && seen <= limit.bytes() + MOST_DISCARDED) {
        seen += got;
        kept = kept && seen <= limit.bytes() && add(piece, got);
        if (System.nanoTime() - begun > limit.time().toNanos()) {
          throw tooSlow();
        }
      }
    } catch (IOException e) {
      throw unreadable(e);
    } catch (RuntimeException e) {
      throw e.getCause() instanceof IOException broken ? unreadable(broken) : e;
    }
    if (seen > limit.bytes()) {
      throw new ApiException(
          413, Errcode.M_TOO_LARGE, "The body is larger than " + limit.bytes() + " bytes");
    }
    if (!kept) {
      throw new ApiException(ErrorReply.again(503, TOO_MANY, AGAIN_MILLIS));
    }
  }

  /** False if it would be too much together with other bodies; then no byte is kept. */
  private boolean add(byte[] piece, int got) {
    if (!reserve((long) length + got)) {
      return false;
    }
    if (length + got > bytes.length) {
      bytes =
          Arrays.copyOf(
              bytes, Math.max(length + got, (int) Math.min(2L * bytes.length, limit.bytes())));
    }
    System.arraycopy(piece, 0, bytes, length, got);
    length += got;
    return true;
  }

  private boolean reserve(long size) {
    long more = size - FREE - reserved;
    if (more > 0) {
      if (!budget.take(more)) {
        close(); // frees the budget while the rest of this body is thrown away
        return false;
      }
      reserved += more;
    }
    return true;
  }

  @Override
  public void close() {
    budget.give(reserved);
    reserved = 0;
    bytes = new byte[0];
    length = 0;
  }

  static ApiException unreadable(IOException failure) {
    return isTimeout(failure)
        ? tooSlow()
        : ApiException.bad(
            Errcode.M_NOT_JSON, "The body is cut off, or is not what Content-Encoding says");
  }

  private static boolean isTimeout(Throwable failure) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof TimeoutException) {
        return true;
      }
    }
    return false;
  }

  static ApiException tooSlow() {
    return new ApiException(ErrorReply.ofStatus(408));
  }
}
