package dev.bailiff.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ResultFileTest {

  @Test
  void everyRoundAndTheVerdictAreWritten() {
    var machine = new Machine(2, 24, "17", "Linux", 0.1, "2026-11-22T00:00:00Z");

    var json =
        ResultFile.json(
            new Scale(20_000), machine, List.of(Measured.once(1_000, 2, 4, new Bound(1.5, 5_000))));

    assertThat(json.path("events").asLong()).isEqualTo(20_000);
    assertThat(json.path("machine").path("cores").asInt()).isEqualTo(2);
    var result = json.path("results").path(0);
    assertThat(result.path("baseline_seconds").path(0).asDouble()).isEqualTo(2);
    assertThat(result.path("bailiff_seconds").path(0).asDouble()).isEqualTo(4);
    assertThat(result.path("stage_seconds").path(0).path("plan").asDouble()).isEqualTo(0.5);
    assertThat(result.path("ratio").asDouble()).isEqualTo(2);
    assertThat(result.path("items_per_second").asDouble()).isEqualTo(250);
    assertThat(result.path("reached").asBoolean()).isFalse();
  }
}
