package dev.bailiff.gateway.job.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bailiff.gateway.error.ApiException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class UploadPlacesTest {
  @Test
  void whoGetsNoPlaceInTimeIsAskedToComeBack() {
    var places = new UploadPlaces(1, Duration.ZERO);

    assertThatThrownBy(() -> places.during(() -> places.during(() -> "never")))
        .isInstanceOfSatisfying(
            ApiException.class,
            refused -> {
              assertThat(refused.reply().status()).isEqualTo(503);
              assertThat(refused.reply().extra()).containsEntry("retry_after_ms", 5_000L);
            });
  }

  @Test
  void aPlaceIsFreeAgainWhateverBecameOfTheUpload() {
    var places = new UploadPlaces(1, Duration.ZERO);

    for (int n = 0; n < 3; n++) {
      assertThatThrownBy(
              () ->
                  places.during(
                      () -> {
                        throw new IllegalStateException("cut off");
                      }))
          .hasMessage("cut off");
    }
    assertThat(places.<String>during(() -> "done")).isEqualTo("done");
  }
}
