package dev.bailiff.standalone.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressDisplayTest {
  private static final String ESCAPE = "\u001b";

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
  private final AtomicLong nanos = new AtomicLong();

  @Test
  void terminalGetsBarsDrawnOverTheLastOnes() {
    ProgressDisplay display = new Terminal(out, true, 80).progress();

    display.show(List.of(row("a", "plan", 0), row("b", "plan", 0)));
    display.show(List.of(row("a", "purge", 5), row("b", "plan", 0)));

    assertThat(written().split(ESCAPE + "\\[2A", -1)).hasSize(2);
    assertThat(written().chars().filter(c -> c == '\n').count()).isEqualTo(4);
  }

  @Test
  void nothingIsDrawnOverWhatFollowsTheEnd() {
    ProgressDisplay display = new Terminal(out, true, 80).progress();

    display.show(List.of(row("a", "plan", 0)));
    display.finish();
    display.show(List.of(row("a", "plan", 0)));

    assertThat(written()).doesNotContain(ESCAPE + "[1A");
  }

  @Test
  void pipeGetsNoControlCharacters() {
    ProgressDisplay display = new Terminal(out, false, 80).progress();

    display.show(List.of(row("a", "plan", 0)));

    assertThat(written()).doesNotContain(ESCAPE).doesNotContain("\r").endsWith("\n");
  }

  @Test
  void pipeGetsALineForEachChangeOfState() {
    ProgressLines display = lines();

    display.show(List.of(row("a", "plan", 0)));
    display.show(List.of(row("a", "plan", 0)));
    display.show(List.of(row("a", "purge", 0)));

    assertThat(written().lines()).hasSize(2);
  }

  @Test
  void pipeGetsMereNumbersOnceInFiveSeconds() {
    ProgressLines display = lines();

    display.show(List.of(row("a", "purge", 1)));
    display.show(List.of(row("a", "purge", 2)));
    nanos.addAndGet(Duration.ofSeconds(5).toNanos());
    display.show(List.of(row("a", "purge", 3)));
    nanos.addAndGet(Duration.ofSeconds(5).toNanos());
    display.show(List.of(row("a", "purge", 3)));

    assertThat(written().lines()).hasSize(2);
    assertThat(written()).contains("1/10").contains("3/10").doesNotContain("2/10");
  }

  @Test
  void rowsAreKnownByTheirLabel() {
    ProgressLines display = lines();

    display.show(List.of(row("a", "purge", 1)));
    display.show(List.of(row("a", "purge", 1), row("b", "purge", 1)));

    assertThat(written().lines()).hasSize(2);
  }

  private ProgressLines lines() {
    return new ProgressLines(new Terminal(out, false, 80), nanos::get);
  }

  private String written() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static ProgressRow row(String label, String state, long done) {
    return new ProgressRow(label, state, 10, done, 0, 0, null, null, false);
  }
}
