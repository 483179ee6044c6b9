package dev.bailiff.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.benchmark.measure.Bound;
import dev.bailiff.benchmark.measure.Measured;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResultTableTest {

  @Test
  void eachMeasurementIsARowAndColumnsAreAligned() {
    var lines =
        ResultTable.lines(
            List.of(
                Measured.once(1_000_000, 10, 12.5, Bound.timesAtMost(1.5)),
                Measured.calls(Bound.done().andP50(0.03), 0.02, 0.1)));

    assertThat(lines)
        .containsExactly(
            "| work       | baseline s | Bailiff s | ratio | rate     | p50 ms | p99 ms | besides  "
                + "   | warm-up s | must reach       | reached |",
            "| ---------- | ---------- | --------- | ----- | -------- | ------ | ------ |"
                + " ----------- | --------- | ---------------- | ------- |",
            "| some work  | 10.00      | 12.50     | 1.25  | 80,000/s | –      | –      | 6.0"
                + " commits | 42        | ≤ 1.5 × the time | yes     |",
            "| some calls | –          | 1.00      | –     | 1/s      | 20.0   | 100.0  | –        "
                + "   | –         | p50 ≤ 30 ms      | yes     |");
  }

  @Test
  void smallValuesHaveMoreDecimals() {
    var lines = ResultTable.lines(List.of(Measured.once(1, 0.049, 0.062, Bound.done())));

    assertThat(lines.get(2)).startsWith("| some work | 0.049      | 0.062     |");
  }

  @Test
  void nothingMeasuredIsAHeading() {
    assertThat(ResultTable.lines(List.of())).hasSize(2);
  }
}
