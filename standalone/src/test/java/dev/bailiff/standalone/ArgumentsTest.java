package dev.bailiff.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.testing.process.ChildProcess;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArgumentsTest {
  @Test
  void whatWasReadAsGivenIsFine() {
    assertThat(Arguments.fault(List.of("@😀:x", "what?"), words("java", "@😀:x", "what?"), true))
        .isEmpty();
    assertThat(Arguments.fault(List.of("what?"), words("java", "what?"), false)).isEmpty();
    assertThat(Arguments.fault(List.of("@😀:x"), List.of(), true)).isEmpty();
  }

  @Test
  void whatWasReadAsSomethingElseIsNamed() {
    assertThat(Arguments.fault(List.of("a", "@????:x"), words("java", "a", "@😀:x"), false))
        .hasValueSatisfying(text -> assertThat(text).startsWith("argument 2 cannot be read"));
    assertThat(Arguments.fault(List.of("\ufffd"), List.of(new byte[] {(byte) 0xff}), true))
        .isPresent();
    assertThat(Arguments.fault(List.of("@????:x"), List.of(), false)).isPresent();
    assertThat(Arguments.fault(List.of("\ufffd"), List.of(), true)).isPresent();
  }

  @Test
  void processInTheLocaleCRefusesAnIdThatItCannotRead() {
    String id = "$(printf '@\\360\\237\\230\\200:chat.example')"; // any JVM can pass this
    try (ChildProcess submit =
        ChildProcess.program(Path.of("/bin/sh"))
            .args("-c", "exec env LC_ALL=C \"$@\" \"" + id + "\"", "sh")
            .args(Path.of(System.getProperty("java.home"), "bin", "java"), "-cp")
            .args(System.getProperty("java.class.path"), Bailiff.class.getName())
            .args("submit", "redact-events", "--url", "http://127.0.0.1:1", "--token", "t")
            .args("--target")
            .start()) {
      assertThat(submit.awaitExit(Duration.ofSeconds(60))).isEqualTo(ExitCode.WRONG_USAGE);
      assertThat(submit.standardError()).contains("argument 8 cannot be read as UTF-8");
    }
  }

  private static List<byte[]> words(String... words) {
    return Arrays.stream(words).map(word -> word.getBytes(StandardCharsets.UTF_8)).toList();
  }
}
