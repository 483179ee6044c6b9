package dev.bailiff.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatabaseFaultTest {
  @ParameterizedTest
  @CsvSource({
    "08001, AWAY",
    "08006, AWAY",
    "57P01, AWAY",
    "57P02, AWAY",
    "57P03, AWAY",
    "25006, AWAY",
    "53100, FULL",
    "53200, EXHAUSTED",
    "53300, EXHAUSTED",
    "57014, SLOW",
  })
  void isFoundBehindWhatWrapsIt(String state, DatabaseFault fault) {
    var failure = new IllegalStateException(new SQLException("words", state));

    assertThat(DatabaseFault.of(failure)).contains(fault);
  }

  @Test
  void poolThatHasNoConnectionIsExhausted() {
    assertThat(DatabaseFault.of(new SQLTransientConnectionException("timed out")))
        .contains(DatabaseFault.EXHAUSTED);
  }

  @ParameterizedTest
  @CsvSource({"23505", "22001", "42601", "40001", "28P01"})
  void whatIsWrongWithTheQuestionIsNone(String state) {
    assertThat(DatabaseFault.of(new SQLException("words", state))).isEmpty();
    assertThat(DatabaseFault.of(new IllegalStateException("no database here"))).isEmpty();
  }
}
