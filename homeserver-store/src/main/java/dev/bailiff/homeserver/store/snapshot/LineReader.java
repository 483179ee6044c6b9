package dev.bailiff.homeserver.store.snapshot;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads lines of UTF-8. Each line is decoded strictly and by itself, so that an error in the
 * encoding is reported with the number of its own line.
 */
final class LineReader implements AutoCloseable {

  /**
   * An event has at most 64 KiB. A line far beyond that is no part of a snapshot, and must not fill
   * the memory.
   */
  private static final int MAX_BYTES = 32 << 20;

  private final InputStream in;
  private final byte[] buffer = new byte[1 << 16];
  private int next;
  private int end;

  LineReader(InputStream in) {
    this.in = in;
  }

  /**
   * The next line without its end; null after the last one.
   *
   * @throws BadRecordException when the line is too long or not UTF-8
   */
  @Nullable String readLine() throws IOException {
    ByteArrayOutputStream begun = new ByteArrayOutputStream(0);
    while (true) {
      if (next == end && !fill()) {
        return begun.size() == 0 ? null : decode(begun.toByteArray(), 0, begun.size());
      }
      int at = next;
      while (at < end && buffer[at] != '\n') {
        at++;
      }
      boolean whole = at < end;
      if (whole && begun.size() == 0) {
        String line = decode(buffer, next, at - next);
        next = at + 1;
        return line;
      }
      begun.write(buffer, next, at - next);
      next = whole ? at + 1 : at;
      if (begun.size() > MAX_BYTES) {
        throw new BadRecordException("longer than " + MAX_BYTES + " bytes");
      }
      if (whole) {
        return decode(begun.toByteArray(), 0, begun.size());
      }
    }
  }

  private boolean fill() throws IOException {
    next = 0;
    end = Math.max(0, in.read(buffer));
    return end > 0;
  }

  private static String decode(byte[] bytes, int offset, int length) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes, offset, length))
          .toString();
    } catch (CharacterCodingException e) {
      throw new BadRecordException("not UTF-8");
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
