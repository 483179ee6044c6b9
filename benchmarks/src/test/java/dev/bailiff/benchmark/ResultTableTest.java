package dev.bailiff.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ResultTableTest {

  @Test
  void eachMeasurementIsARowAndColumnsAreAligned() {
    var lines =
        ResultTable.lines(
            List.of(
                Measured.once(1_000_000, 10, 12.5, new Bound(1.5, 0)),
                Measured.once(2_000, 1, 4, new Bound(1.5, 5_000))));

    assertThat(lines)
        .containsExactly(
            "| work      | baseline s | Bailiff s | ratio | rate     | must reach         | reached |",
            "| --------- | ---------- | --------- | ----- | -------- | ------------------ | ------- |",
            "| some work | 10.00      | 12.50     | 1.25  | 80,000/s | ≤ 1.5 ×            | yes     |",
            "| some work | 1.00       | 4.00      | 4.00  | 500/s    | ≤ 1.5 ×, ≥ 5,000/s | no      |");
  }

  @Test
  void nothingMeasuredIsAHeading() {
    assertThat(ResultTable.lines(List.of())).hasSize(2);
  }
}
