package dev.bailiff.gateway.proxy;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** Reads HTTP from a socket without interpreting more than the ends of heads and bodies. */
final class Wire {
  private final InputStream in;

  Wire(InputStream in) {
    this.in = in;
  }

  /**
   * The next head, with its empty line.
   *
   * @return empty at the end of the stream
   */
  String head() throws IOException {
    var head = new StringBuilder();
    while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        return head.isEmpty() ? "" : fail();
      }
      head.append((char) next);
    }
    return head.toString();
  }

  /** The body that belongs to a head; chunks are joined. */
  byte[] body(String head) throws IOException {
    if (values(head, "transfer-encoding").contains("chunked")) {
      return chunks();
    }
    var length = values(head, "content-length");
    return length.isEmpty() ? new byte[0] : exactly(Integer.parseInt(length.get(0)));
  }

  /** One byte. */
  int read() throws IOException {
    return in.read();
  }

  private byte[] chunks() throws IOException {
    var all = new ByteArrayOutputStream();
    while (true) {
      int size = Integer.parseInt(line(), 16);
      all.write(exactly(size));
      line();
      if (size == 0) {
        return all.toByteArray();
      }
    }
  }

  private String line() throws IOException {
    var line = new StringBuilder();
    int next;
    while ((next = in.read()) != '\n') {
      if (next < 0) {
        fail();
      }
      line.append((char) next);
    }
    return line.toString().strip();
  }

  private byte[] exactly(int length) throws IOException {
    var bytes = in.readNBytes(length);
    if (bytes.length < length) {
      fail();
    }
    return bytes;
  }

  private static String fail() throws EOFException {
    throw new EOFException("cut off");
  }

  /** The values of a header, in order. */
  static List<String> values(String head, String name) {
    return head.lines()
        .skip(1)
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
        .map(line -> line.substring(name.length() + 1).strip())
        .toList();
  }

  /** The names of all headers, in lower case and in order. */
  static List<String> names(String head) {
    return head.lines()
        .skip(1)
        .filter(line -> line.contains(":"))
        .map(line -> line.substring(0, line.indexOf(':')).toLowerCase(Locale.ROOT))
        .toList();
  }

  /** Text of which each character is a byte. */
  static byte[] bytes(String latin) {
    return latin.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Bytes as text, each byte a character. */
  static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
