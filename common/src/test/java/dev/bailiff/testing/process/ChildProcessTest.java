package dev.bailiff.testing.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ChildProcessTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final int SIGKILL = 9;
  private static final int SIGTERM = 15;
  private static final int BY_SIGNAL = 128;

  @Test
  void linesOfBothOutputsAreSeen() {
    try (ChildProcess child = ChildProcess.java(Greeter.class).args("world").start()) {
      assertThat(child.awaitLine("hello", LIMIT)).isEqualTo("hello world");
      child.awaitLine("waiting", LIMIT);

      assertThat(child.standardOutput()).isEqualTo("hello world\n");
      assertThat(child.standardError()).contains("waiting");
    }
  }

  @Test
  void killedChildRanNoHook() {
    try (ChildProcess child = ChildProcess.java(Greeter.class).args("world").start()) {
      child.awaitLine("waiting", LIMIT);

      child.kill();

      assertThat(child.awaitExit(LIMIT)).isEqualTo(BY_SIGNAL + SIGKILL);
      assertThat(child.standardOutput()).doesNotContain("bye");
    }
  }

  @Test
  void terminatedChildRunsItsHooks() {
    try (ChildProcess child = ChildProcess.java(Greeter.class).args("world").start()) {
      child.awaitLine("waiting", LIMIT);

      child.terminate();

      assertThat(child.awaitExit(LIMIT)).isEqualTo(BY_SIGNAL + SIGTERM);
      assertThat(child.standardOutput()).contains("bye");
    }
  }

  @Test
  void stoppedChildEndsOnlyAfterItIsResumed() {
    try (ChildProcess child = ChildProcess.java(Greeter.class).args("world").start()) {
      child.awaitLine("waiting", LIMIT);

      child.stop();
      child.terminate();

      assertThatThrownBy(() -> child.awaitExit(Duration.ofMillis(300)))
          .isInstanceOf(AssertionError.class);
      child.resume();
      assertThat(child.awaitExit(LIMIT)).isEqualTo(BY_SIGNAL + SIGTERM);
    }
  }

  @Test
  void childThatEndsWithoutTheLineFailsAtOnce() {
    try (ChildProcess child = ChildProcess.java(Greeter.class).start()) {
      assertThatThrownBy(() -> child.awaitLine("hello", LIMIT))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("ArrayIndexOutOfBounds");
    }
  }

  static final class Greeter {
    private Greeter() {}

    public static void main(String[] args) throws InterruptedException {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("bye")));
      System.out.println("hello " + args[0]);
      System.err.println("waiting");
      Thread.currentThread().join();
    }
  }
}
