package dev.bailiff.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ScaleTest {

  @Test
  void fullScaleIsWhatTheClaimsSay() {
    var full = new Scale(Scale.FULL);

    assertThat(full.otherEvents()).isEqualTo(2_000_000);
    assertThat(full.senderEvents()).isEqualTo(100_000);
    assertThat(new RoomPurge().work(full))
        .isEqualTo("purge a room of 1,000,000 events, 2,000,000 of other rooms beside it");
    assertThat(new SenderRedaction().work(full))
        .isEqualTo("redact 100,000 events of one sender in 20 rooms");
  }

  @Test
  void numbersThatDoNotDivideEvenlyAreRefused() {
    assertThatThrownBy(() -> new Scale(10_001)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Scale(200)).isInstanceOf(IllegalArgumentException.class);
  }
}
