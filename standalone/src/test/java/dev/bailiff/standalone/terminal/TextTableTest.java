package dev.bailiff.standalone.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TextTableTest {
  @Test
  void whatPeopleWroteMovesNoCursor() {
    TextTable table = new TextTable("a", "b");
    table.add("x\u001b[2J\ny", "\u202etxt");

    assertThat(table.lines().get(1)).isEqualTo("x\\u001b[2J\\ny  \\u202etxt");
  }

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
