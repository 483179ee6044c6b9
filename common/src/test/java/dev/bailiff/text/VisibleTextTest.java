package dev.bailiff.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VisibleTextTest {
  @Test
  void textOfAnyScriptStaysAsItIs() {
    String text = "Grüße, שלום, مرحبا, 你好, 👩‍🚒 \\ and می‌خواهم";

    assertThat(VisibleText.of(text)).isSameAs(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u0000", "\u0007", "\u001b", "\u007f", "\u0085", "\u009b", "\u00ad", "\u061c", "\u200b",
        "\u200e", "\u2028", "\u2029", "\u202a", "\u202e", "\u2066", "\u2069", "\ufeff", "\ud800"
      })
  void whatIsNotSeenIsEscaped(String hidden) {
    String escape = String.format(java.util.Locale.ROOT, "\\u%04x", (int) hidden.charAt(0));

    assertThat(VisibleText.of("a" + hidden + "b")).isEqualTo("a" + escape + "b");
  }

  @Test
  void lineStaysOneLine() {
    assertThat(VisibleText.of("a\r\n\tb")).isEqualTo("a\\r\\n\\tb");
    assertThat(VisibleText.of("\udb40\udc41")).isEqualTo("\\udb40\\udc41"); // a tag
  }

  @Test
  void jsonIsTheSameJson() throws Exception {
    ObjectMapper json = new ObjectMapper();
    String text = "\u001b\n\u202e\u007f\udb40\udc41 \\ \"";

    String shown = VisibleText.of(json.writeValueAsString(text));

    assertThat(shown).doesNotContainPattern("[^\\x20-\\x7e]");
    assertThat(json.readValue(shown, String.class)).isEqualTo(text);
  }
}
