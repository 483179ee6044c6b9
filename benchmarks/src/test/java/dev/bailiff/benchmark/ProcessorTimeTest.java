package dev.bailiff.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class ProcessorTimeTest {

  @Test
  void timeOfAChildThatHasEndedIsCounted() throws IOException, InterruptedException {
    long pid = ProcessHandle.current().pid();
    double own = ProcessorTime.ofThisJvm();
    double before = ProcessorTime.ofFamily(pid);

    new ProcessBuilder("sh", "-c", "n=0; while [ $n -lt 100000 ]; do n=$((n+1)); done")
        .start()
        .waitFor();

    double byFamily = ProcessorTime.ofFamily(pid) - before;
    double byJvm = ProcessorTime.ofThisJvm() - own;
    assertThat(byFamily).as("more than the JVM's own").isGreaterThan(byJvm);
    assertThat(byJvm).isPositive();
  }
}
