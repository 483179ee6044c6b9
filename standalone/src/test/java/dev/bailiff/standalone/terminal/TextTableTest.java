package dev.bailiff.standalone.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TextTableTest {
  @Test
  void numbersStandRightAndWordsLeft() {
    TextTable table = new TextTable("kind", "done", "seconds", "verdict");
    table.add("redact-events", 2_263, "0.9", "24 gone");
    table.add("purge", 7, "-", "gone");

    assertThat(table.lines())
        .containsExactly(
            "kind           done  seconds  verdict",
            "redact-events  2263      0.9  24 gone",
            "purge             7        -  gone");
  }

  @Test
  void headingAloneIsALine() {
    assertThat(new TextTable("kind", "done").lines()).containsExactly("kind  done");
  }

  @Test
  void rowOfAnotherLengthIsRefused() {
    TextTable table = new TextTable("kind", "done");

    assertThatThrownBy(() -> table.add("a")).isInstanceOf(IllegalArgumentException.class);
  }
}
