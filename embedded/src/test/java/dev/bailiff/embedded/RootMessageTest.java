package dev.bailiff.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;

class RootMessageTest {
  @Test
  void firstCauseIsNamed() {
    var cause = new IOException("the port is in use");

    assertThat(RootMessage.of(new IllegalStateException("a", new UncheckedIOException("b", cause))))
        .isEqualTo("the port is in use");
    assertThat(RootMessage.of(cause)).isEqualTo("the port is in use");
  }

  @Test
  void causeWithoutAMessageIsNamedByItsClass() {
    assertThat(RootMessage.of(new IllegalStateException("a", new InterruptedException())))
        .isEqualTo("java.lang.InterruptedException");
  }
}
