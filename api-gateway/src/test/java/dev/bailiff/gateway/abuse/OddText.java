package dev.bailiff.gateway.abuse;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * Text that somebody may send: with wildcards, with halves of surrogate pairs, with NUL, too long,
 * or no number.
 */
final class OddText {

  /** One of each sort, for tests that try all of them everywhere. */
  static final List<String> SORTS =
      List.of(
          "",
          "%_\\",
          "' or '1'='1",
          "\u202Eright\u200Fleft \u0627\u0644\u0633",
          "\uD83D\uDE00e\u0301",
          "a\uD800b",
          "\uDC00",
          "a\u0000b",
          "\uFEFF\uFFFF");

  /** A short list, for tests that have no time for all sorts. */
  static final List<String> FEW_SORTS = List.of("%_\\", "a\uD800b", "a\u0000b");

  private static final List<String> MORE =
      List.of(
          " ",
          "%",
          "_",
          "\\",
          "%25",
          "\"",
          ":x",
          "?",
          "$1",
          "{}",
          "[]",
          "null",
          "true",
          "True",
          "f",
          "0",
          "-1",
          "+1",
          "00",
          "1.0",
          "1e5",
          "NaN",
          "\u0661\u0662",
          "2147483648",
          "9223372036854775806",
          "9223372036854775807",
          "9223372036854775808",
          "-9223372036854775808",
          "999999999999999999999999999999",
          "9999-12-31T23:59:59Z",
          "+294277-01-01T00:00:00Z",
          "+1000000000-12-31T23:59:59.999999999Z",
          "-1000000000-01-01T00:00:00Z",
          "t999999999999999999-999999999999999999",
          "t-999999999999999999--999999999999999999",
          "s999999999999999999",
          "KzEwMDAwMDAwMDAtMTItMzFUMjM6NTk6NTlaLzAwMDAwMDAwLTAwMDAtMDAwMC0wMDAwLTAwMDAwMDAwMDAwMA",
          "00000000-0000-0000-0000-000000000000",
          "..",
          "a/../b",
          "@",
          "@:",
          "@:chat.example",
          "!",
          "!:chat.example",
          "#a:chat.example",
          "$",
          "\r\nX-Odd: 1",
          "\u2028",
          "\u200B",
          "\uD83D",
          "chat.example");

  private OddText() {}

  static Arbitrary<String> any() {
    return Arbitraries.frequencyOf(
        Tuple.of(3, Arbitraries.of(SORTS)),
        Tuple.of(6, Arbitraries.of(MORE)),
        Tuple.of(2, Arbitraries.strings().all().ofMaxLength(12)),
        Tuple.of(2, tooLong()),
        Tuple.of(3, named()));
  }

  /** Text in the form of an id. */
  private static Arbitrary<String> named() {
    var inner = Arbitraries.oneOf(Arbitraries.of(SORTS), Arbitraries.of(MORE), tooLong());
    return Combinators.combine(Arbitraries.of("@", "!", "#", "$", ""), inner)
        .as((sigil, text) -> sigil + text + ":chat.example");
  }

  /**
   * Text that is longer than an id may be, and than an index of PostgreSQL can hold. It is random,
   * as one letter repeated is stored compressed.
   */
  private static Arbitrary<String> tooLong() {
    return Arbitraries.randoms()
        .map(
            random -> {
              int length = List.of(256, 600, 3_000, 5_000).get(random.nextInt(4));
              var text = new StringBuilder(length);
              for (int i = 0; i < length; i++) {
                text.append((char) ('!' + 15 + random.nextInt(70)));
              }
              return text.toString();
            });
  }

  /** Percent-encoded text. Half pairs are encoded too, into bytes that are not UTF-8. */
  static String encoded(String text) {
    var out = new StringBuilder();
    for (byte b : bytes(text)) {
      boolean plain = b >= '0' && b <= '9' || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z';
      out.append(plain ? "" + (char) b : String.format(Locale.ROOT, "%%%02X", b & 0xff));
    }
    return out.toString();
  }

  private static byte[] bytes(String text) {
    var out = new ByteArrayOutputStream();
    text.codePoints()
        .forEach(
            c -> {
              if (c >= 0xD800 && c <= 0xDFFF) {
                out.write(0xE0 | c >> 12);
                out.write(0x80 | c >> 6 & 0x3F);
                out.write(0x80 | c & 0x3F);
              } else {
                out.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
              }
            });
    return out.toByteArray();
  }
}
