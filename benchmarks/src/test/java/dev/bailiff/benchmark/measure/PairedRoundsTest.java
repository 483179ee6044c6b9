package dev.bailiff.benchmark.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class PairedRoundsTest {

  @Test
  void inEachRoundTheOtherSideGoesFirst() throws Exception {
    var order = new ArrayList<String>();

    var rounds =
        PairedRounds.of(
            3,
            round -> {
              order.add("baseline");
              return round;
            },
            round -> {
              order.add("bailiff");
              return 10 * round;
            });

    assertThat(order)
        .containsExactly("baseline", "bailiff", "bailiff", "baseline", "baseline", "bailiff");
    assertThat(rounds.baseline()).containsExactly(0, 1, 2);
    assertThat(rounds.bailiff()).containsExactly(0, 10, 20);
  }
}
