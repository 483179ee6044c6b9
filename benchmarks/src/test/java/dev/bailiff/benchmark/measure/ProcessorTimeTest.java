package dev.bailiff.benchmark.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ProcessorTimeTest {

  @Test
  @Timeout(60)
  void timeOfAChildThatHasEndedIsCounted() throws IOException, InterruptedException {
    long pid = ProcessHandle.current().pid();
    double own = ProcessorTime.ofThisJvm();
    double before = ProcessorTime.ofFamily(pid);

    new ProcessBuilder("sh", "-c", "n=0; while [ $n -lt 100000 ]; do n=$((n+1)); done")
        .start()
        .waitFor();
    // On a fast machine this JVM has used less time than one tick of its counter.
    while (ProcessorTime.ofThisJvm() <= own) {
      Thread.onSpinWait();
    }

    double byFamily = ProcessorTime.ofFamily(pid) - before;
    double byJvm = ProcessorTime.ofThisJvm() - own;
    assertThat(byFamily).as("more than the JVM's own").isGreaterThan(byJvm);
    assertThat(byJvm).isPositive();
  }
}
