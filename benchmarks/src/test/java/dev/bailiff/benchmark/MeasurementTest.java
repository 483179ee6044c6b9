package dev.bailiff.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class MeasurementTest {

  @Test
  void ratioAndRateComeFromTheMedians() {
    var measurement =
        new Measurement(
            "work",
            "some work",
            1_000,
            new Samples(List.of(1.0, 2.0, 9.0)),
            new Samples(List.of(4.0, 1.0, 5.0)),
            new Bound(1.5, 0),
            List.of());

    assertThat(measurement.ratio()).isEqualTo(2.0);
    assertThat(measurement.rate()).isEqualTo(250.0);
  }

  @Test
  void boundIsReachedByRatioAndRateTogether() {
    var bound = new Bound(1.5, 100);

    assertThat(Measured.once(300, 2, 3, bound).isReached()).isTrue();
    assertThat(Measured.once(299, 2, 3, bound).isReached()).as("too slow").isFalse();
    assertThat(Measured.once(900, 2, 3.1, bound).isReached()).as("too far off").isFalse();
  }

  @Test
  void boundWithoutRateAsksForTheRatioAlone() {
    assertThat(Measured.once(1, 10, 15, new Bound(1.5, 0)).isReached()).isTrue();
    assertThat(new Bound(1.5, 0).text()).isEqualTo("≤ 1.5 ×");
    assertThat(new Bound(2, 5_000).text()).isEqualTo("≤ 2.0 ×, ≥ 5,000/s");
  }

  @Test
  void boundThatNothingReachesIsRefused() {
    assertThatThrownBy(() -> new Bound(0, 0)).isInstanceOf(IllegalArgumentException.class);
  }
}
