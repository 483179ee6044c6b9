package dev.bailiff.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.benchmark.data.Scale;
import dev.bailiff.benchmark.measure.Bound;
import dev.bailiff.benchmark.measure.Machine;
import dev.bailiff.benchmark.measure.Measured;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResultFileTest {

  @Test
  void everyRoundAndTheVerdictAreWritten() {
    var machine = new Machine(2, 24, "17", "Linux", 0.1, "2026-11-22T00:00:00Z");

    var json =
        ResultFile.json(
            new Scale(20_000),
            machine,
            List.of(Measured.once(1_000, 2, 4, Bound.timesAtMost(1.5).andRate(5_000))));

    assertThat(json.path("events").asLong()).isEqualTo(20_000);
    assertThat(json.path("machine").path("cores").asInt()).isEqualTo(2);
    var result = json.path("results").path(0);
    assertThat(result.path("baseline_seconds").path(0).asDouble()).isEqualTo(2);
    assertThat(result.path("bailiff_seconds").path(0).asDouble()).isEqualTo(4);
    assertThat(result.path("stage_seconds").path(0).path("plan").asDouble()).isEqualTo(0.5);
    assertThat(result.path("counts").path("job rows").asLong()).isEqualTo(7);
    assertThat(result.path("besides").path("commits").asDouble()).isEqualTo(6.04);
    assertThat(result.path("warm_up_seconds").asDouble()).isEqualTo(41.6);
    assertThat(result.path("bound").asText()).isEqualTo("≤ 1.5 × the time, ≥ 5,000/s");
    assertThat(result.path("ratio").asDouble()).isEqualTo(2);
    assertThat(result.path("items_per_second").asDouble()).isEqualTo(250);
    assertThat(result.path("reached").asBoolean()).isFalse();
  }

  @Test
  void callsHaveTheirLatenciesAndWithoutABaselineThereIsNoRatio() {
    var machine = new Machine(2, 24, "17", "Linux", 0.1, "2026-11-22T00:00:00Z");

    var json =
        ResultFile.json(
            new Scale(20_000), machine, List.of(Measured.calls(Bound.done(), 0.02, 0.1)));

    var result = json.path("results").path(0);
    assertThat(result.has("ratio")).isFalse();
    assertThat(result.path("bailiff_latency_seconds").path("calls").asInt()).isEqualTo(2);
    assertThat(result.path("bailiff_latency_seconds").path("p95").asDouble()).isEqualTo(0.1);
    assertThat(result.path("bailiff_latency_seconds").path("p99").asDouble()).isEqualTo(0.1);
  }
}
