package dev.bailiff.benchmark.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WarmUpTest {
  private final List<Integer> runs = new ArrayList<>();

  @Test
  void itEndsWhenTwoRunsWereNoQuickerThanTheQuickest() throws Exception {
    double seconds = warmUp(List.of(10.0, 6.0, 6.5, 4.0, 3.9, 4.1, 1.0));

    assertThat(runs).containsExactly(0, 1, 2, 3, 4, 5);
    assertThat(seconds).isEqualTo(10 + 6 + 6.5 + 4 + 3.9 + 4.1);
  }

  @Test
  void noRunBeginsWhenTheTimeIsUsedUp() throws Exception {
    assertThat(warmUp(List.of(130.0, 120.0, 110.0))).isEqualTo(250);
  }

  @Test
  void whatCanBeDoneSoOftenOnlyIsDoneNoMore() throws Exception {
    assertThat(WarmUp.of(3, n -> 10.0 / (n + 1))).isEqualTo(10 + 5 + 10.0 / 3);
  }

  private double warmUp(List<Double> times) throws Exception {
    return WarmUp.of(
        n -> {
          runs.add(n);
          return times.get(n);
        });
  }
}
