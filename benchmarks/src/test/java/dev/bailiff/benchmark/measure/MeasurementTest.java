package dev.bailiff.benchmark.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bailiff.benchmark.data.Costs;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeasurementTest {

  @Test
  void ratioAndRateComeFromTheMedians() {
    var measurement =
        new Measurement(
            new Measurement.Subject("work", "some work", 1_000),
            Figures.of(List.of(1.0, 2.0, 9.0)),
            Figures.of(List.of(4.0, 1.0, 5.0)),
            Bound.timesAtMost(1.5),
            Measurement.Notes.NONE);

    assertThat(measurement.ratio()).hasValue(2.0);
    assertThat(measurement.rate()).isEqualTo(250.0);
  }

  @Test
  void boundOnTheShareGivesTheRatioOfTheRates() {
    var bound = Bound.shareAtLeast(0.5);

    assertThat(Measured.once(100, 2, 4, bound).ratio()).hasValue(0.5);
    assertThat(Measured.once(100, 2, 4, bound).isReached()).isTrue();
    assertThat(Measured.once(100, 2, 4.1, bound).isReached()).isFalse();
  }

  @Test
  void boundIsReachedByRatioAndRateTogether() {
    var bound = Bound.timesAtMost(1.5).andRate(100);

    assertThat(Measured.once(300, 2, 3, bound).isReached()).isTrue();
    assertThat(Measured.once(299, 2, 3, bound).isReached()).as("too slow").isFalse();
    assertThat(Measured.once(900, 2, 3.1, bound).isReached()).as("too far off").isFalse();
  }

  @Test
  void boundWithoutRateAsksForTheRatioAlone() {
    assertThat(Measured.once(1, 10, 15, Bound.timesAtMost(1.5)).isReached()).isTrue();
    assertThat(Bound.timesAtMost(1.5).text()).isEqualTo("≤ 1.5 × the time");
    assertThat(Bound.timesAtMost(2).andRate(5_000).text()).isEqualTo("≤ 2.0 × the time, ≥ 5,000/s");
  }

  @Test
  void boundsOnLatenciesNeedNoBaseline() {
    assertThat(Measured.calls(Bound.done().andP50(0.03), 0.01, 0.03, 0.9).isReached()).isTrue();
    assertThat(Measured.calls(Bound.done().andP99(0.03), 0.01, 0.03, 0.9).isReached()).isFalse();
    assertThat(Bound.done().andP50(0.03).andP99(2).text()).isEqualTo("p50 ≤ 30 ms, p99 ≤ 2000 ms");
    assertThat(Bound.done().text()).isEqualTo("done");
  }

  @Test
  void boundOnACostIsReachedByWhatWasMeasuredAlone() {
    var six = Bound.done().andCost(Costs.COMMITS, 6);
    var seven = Bound.done().andCost(Costs.COMMITS, 7);

    assertThat(Measured.once(1, 1, 1, seven).isReached()).isTrue();
    assertThat(Measured.once(1, 1, 1, six).isReached()).as("6.04").isFalse();
    assertThat(Measured.calls(seven, 0.1).isReached()).as("not measured").isFalse();
    assertThat(six.andP50(0.03).text()).isEqualTo("p50 ≤ 30 ms, ≤ 6 commits");
  }

  @Test
  void boundOnTheAddedTimeComparesTheMediansOfTheCalls() {
    var bound = Bound.done().andAddedP50(0.003);

    assertThat(Measured.pair(bound, 0.010, 0.013).isReached()).isTrue();
    assertThat(Measured.pair(bound, 0.010, 0.014).isReached()).isFalse();
    assertThat(Measured.calls(bound, 0.001).isReached()).as("no baseline").isFalse();
    assertThat(Measured.once(1, 1, 1, bound).isReached()).as("no calls").isFalse();
    assertThat(bound.text()).isEqualTo("p50 ≤ 3 ms more");
  }

  @Test
  void textShowsADecimalThatDecides() {
    assertThat(Bound.timesAtMost(1.05).andCost("s to cancel", 0.5).text())
        .isEqualTo("≤ 1.05 × the time, ≤ 0.5 s to cancel");
  }

  @Test
  void boundThatNothingReachesIsRefused() {
    assertThatThrownBy(() -> Bound.timesAtMost(-1)).isInstanceOf(IllegalArgumentException.class);
  }
}
