package dev.bailiff.standalone;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Checks that the arguments arrived as they were typed. Java reads arguments in the character set
 * of the locale and replaces each character that it cannot read, so one id would become another id.
 */
final class Arguments {
  private static final String CHARACTER_SET = "sun.jnu.encoding";

  private Arguments() {}

  /** The first fault of the arguments, in words; empty if Java could read all of them. */
  static Optional<String> fault(String[] arguments) {
    return fault(
        Arrays.asList(arguments),
        asGiven(),
        StandardCharsets.UTF_8.name().equalsIgnoreCase(System.getProperty(CHARACTER_SET, "")));
  }

  /**
   * Finds the first argument that Java could not read.
   *
   * @param read the arguments as Java read them
   * @param given the words of the process, the arguments last; empty if the system does not show
   *     them
   * @param isUtf8 whether Java reads UTF-8
   */
  static Optional<String> fault(List<String> read, List<byte[]> given, boolean isUtf8) {
    for (int i = 0; i < read.size(); i++) {
      int at = given.size() - read.size() + i;
      boolean readable =
          at < 0 ? isReadable(read.get(i), isUtf8) : isReadable(given.get(at), isUtf8);
      if (!readable) {
        return Optional.of(
            "argument "
                + (i + 1)
                + " cannot be read as UTF-8: type it in a UTF-8 terminal with LC_ALL=C.UTF-8, or"
                + " give targets in a file with --targets");
      }
    }
    return Optional.empty();
  }

  /** Looks for replacement characters, as far as they can be recognized. */
  private static boolean isReadable(String read, boolean isUtf8) {
    return read.indexOf('\uFFFD') < 0 && (isUtf8 || read.indexOf('?') < 0);
  }

  private static boolean isReadable(byte[] given, boolean isUtf8) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(given)).toString();
      return isUtf8 || StandardCharsets.US_ASCII.newEncoder().canEncode(text);
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  /** The bytes of each word of the command line, from /proc; empty without /proc. */
  private static List<byte[]> asGiven() {
    try {
      String words =
          new String(
              Files.readAllBytes(Path.of("/proc/self/cmdline")), StandardCharsets.ISO_8859_1);
      String[] parts = words.split("\0", -1); // ends with a NUL
      return Arrays.stream(parts)
          .limit(Math.max(0, parts.length - 1))
          .map(word -> word.getBytes(StandardCharsets.ISO_8859_1))
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }
}
