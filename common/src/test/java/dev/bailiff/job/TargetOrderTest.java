package dev.bailiff.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TargetOrderTest {
  /** Of one to four bytes; the order of the chars is another for the last five. */
  private static final List<String> TEXTS =
      List.of(
          "",
          "@a:x",
          "@a:x.org",
          "@A:x",
          "@b:x",
          "\u007f",
          "\u0080",
          "\u00e9",
          "\u07ff",
          "\u0800",
          "\ud7ff",
          "\uffff",
          "\ue000",
          "\ud83d\ude00",
          "\ud83d\ude01",
          "\udbff\udfff");

  @Test
  void orderIsThatOfTheBytes() {
    for (var left : TEXTS) {
      for (var right : TEXTS) {
        assertThat(Integer.signum(TargetOrder.compare("@" + left, "@" + right)))
            .as("%s and %s", left, right)
            .isEqualTo(Integer.signum(Arrays.compareUnsigned(utf8(left), utf8(right))));
      }
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
