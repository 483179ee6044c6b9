package dev.bailiff.benchmark.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bailiff.benchmark.kind.MassDeactivation;
import dev.bailiff.benchmark.kind.MediaRemoval;
import dev.bailiff.benchmark.kind.RoomPurgeRow;
import dev.bailiff.benchmark.kind.SenderRedaction;
import org.junit.jupiter.api.Test;

class ScaleTest {

  @Test
  void fullScaleIsWhatTheClaimsSay() {
    var full = new Scale(Scale.FULL);

    assertThat(full.otherEvents()).isEqualTo(2_000_000);
    assertThat(full.senderEvents()).isEqualTo(100_000);
    assertThat(new RoomPurgeRow().work(full))
        .isEqualTo("purge a room of 1,000,000 events, 2,000,000 of other rooms beside it");
    assertThat(new SenderRedaction().work(full))
        .isEqualTo("redact 100,000 events of one sender in 20 rooms");
    assertThat(new MassDeactivation().work(full))
        .isEqualTo("deactivate and erase 10,000 users joined to 5 rooms each, until left");
    assertThat(new MediaRemoval().work(full))
        .isEqualTo("delete 20,000 media files with thumbnails");
    assertThat(full.crowd()).isEqualTo(100_000);
    assertThat(full.singles()).isEqualTo(1_000);
  }

  @Test
  void numbersThatDoNotDivideEvenlyAreRefused() {
    assertThatThrownBy(() -> new Scale(10_001)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Scale(200)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void smallScaleHasSomethingForEveryRow() {
    var small = new Scale(4_000);

    assertThat(small.singles()).isPositive();
    assertThat(small.probes()).isPositive();
    assertThat(small.segments()).isPositive();
    assertThat(Population.users(Population.Group.PROBE, small)).hasSize(3 * small.probes());
  }
}
