package dev.bailiff.benchmark.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LatenciesTest {

  @Test
  void percentilesAreCallsThatWereMeasured() {
    var hundred =
        Latencies.ofNanos(LongStream.rangeClosed(1, 100).map(n -> n * 1_000_000_000).toArray());

    assertThat(hundred.p50()).isEqualTo(50.0);
    assertThat(hundred.p95()).isEqualTo(95.0);
    assertThat(hundred.p99()).isEqualTo(99.0);
  }

  @Test
  void oneCallIsEveryPercentile() {
    assertThat(new Latencies(List.of(0.25)).p50()).isEqualTo(0.25);
    assertThat(new Latencies(List.of(0.25)).p99()).isEqualTo(0.25);
  }

  @Test
  void roundsAreTakenTogether() {
    var all = Latencies.together(List.of(new Latencies(List.of(3.0)), new Latencies(List.of(1.0))));

    assertThat(all.seconds()).containsExactly(1.0, 3.0);
  }
}
