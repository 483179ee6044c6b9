package dev.bailiff.gateway.job.export;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvCellTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "=1+1",
        "+1",
        "-1",
        "@SUM(1)",
        "@",
        "@cmd|' /C calc'!A0:x",
        "@a!b:x",
        "@a(1):chat.example",
        "\uff1d1+1",
        "\uff20SUM(1)"
      })
  void textThatIsTakenForAFormulaHasAnApostropheInFront(String text) {
    assertThat(CsvCell.of(text)).isEqualTo("'" + text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "@alice:chat.example",
        "@a.b_c=d-e/f+1:[2001:db8::1]:8448",
        "@Old-Name:chat.example",
        "!room:x",
        "$event",
        "mxc://x/y",
        "a=b",
        "1+1"
      })
  void idsOfTodayAndOtherTextStayAsTheyAre(String text) {
    assertThat(CsvCell.of(text)).isEqualTo(text);
  }

  @Test
  void controlCharactersAreVisible() {
    assertThat(CsvCell.of("\t=1+1")).isEqualTo("\\t=1+1");
    assertThat(CsvCell.of("\r\n=1")).isEqualTo("\\r\\n=1");
    assertThat(CsvCell.of("a\u0000\u202eb")).isEqualTo("a\\u0000\\u202eb");
    assertThat(CsvCell.of(null)).isEmpty();
    assertThat(CsvCell.of("")).isEmpty();
  }
}
