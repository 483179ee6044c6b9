package dev.bailiff.benchmark.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class SamplesTest {

  @Test
  void medianOfAnOddNumberIsTheMiddleOne() {
    assertThat(new Samples(List.of(9.0, 1.0, 2.0)).median()).isEqualTo(2.0);
    assertThat(new Samples(List.of(5.0)).median()).isEqualTo(5.0);
  }

  @Test
  void medianOfAnEvenNumberIsBetweenTheTwoInTheMiddle() {
    assertThat(new Samples(List.of(4.0, 1.0, 100.0, 2.0)).median()).isEqualTo(3.0);
  }

  @Test
  void oneSlowRoundDoesNotMoveTheMedian() {
    assertThat(new Samples(List.of(2.0, 2.1, 60.0)).median()).isEqualTo(2.1);
  }

  @Test
  void roundsKeepTheirOrder() {
    assertThat(new Samples(List.of(3.0, 1.0, 2.0)).seconds()).containsExactly(3.0, 1.0, 2.0);
  }

  @Test
  void nothingMeasuredHasNoMedian() {
    assertThatThrownBy(() -> new Samples(List.of())).isInstanceOf(IllegalArgumentException.class);
  }
}
