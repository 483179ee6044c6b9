package dev.bailiff.gateway.job.wait;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The header {@code Prefer}, as in RFC 7240. */
class PreferenceTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "''; 25",
        "respond-async; 0",
        "Respond-Async; 0",
        "wait=3; 3",
        "WAIT = \"3\"; 3",
        "respond-async, wait=3; 3",
        "wait=3, wait=4; 3",
        "foo=1, wait=3; 3",
        "return=minimal; 25",
        "wait=-1; 25",
        "wait=x; 25",
        "wait=1.5; 25",
        "wait=0; 0",
        "wait=99999; 600"
      })
  void patienceIsWhatTheClientSaysWithinBounds(String header, long seconds) {
    var preference = Preference.parse(List.of(header));

    assertThat(preference.patience(new WaitConfig()).toSeconds()).isEqualTo(seconds);
  }

  @Test
  void headersAddUp() {
    assertThat(Preference.parse(List.of("foo", "wait=2")).patience(new WaitConfig()).toSeconds())
        .isEqualTo(2);
    assertThat(Preference.parse(List.of())).isEqualTo(Preference.NONE);
  }
}
