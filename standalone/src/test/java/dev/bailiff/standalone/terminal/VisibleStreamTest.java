package dev.bailiff.standalone.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class VisibleStreamTest {
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();

  @Test
  void aLineIsOneLineWhateverPeopleWrote() {
    try (var stream = new VisibleStream(written)) {
      stream.println("reason: \u001b[2J\nfake line");
      stream.println((Object) "name: \u202e😀");
    }

    assertThat(written.toString(StandardCharsets.UTF_8).lines())
        .hasSize(2)
        .noneMatch(line -> line.contains("\u001b") || line.contains("\u202e"))
        .anyMatch(line -> line.contains("😀"));
  }

  @Test
  void whatDrawsIsPrintedAsItIs() {
    try (var stream = new VisibleStream(written)) {
      stream.print("\u001b[1A");
    }

    assertThat(written.toString(StandardCharsets.UTF_8)).isEqualTo("\u001b[1A");
  }
}
