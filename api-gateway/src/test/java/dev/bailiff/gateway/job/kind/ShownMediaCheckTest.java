package dev.bailiff.gateway.job.kind;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.homeserver.media.MediaFilter;
import dev.bailiff.homeserver.media.MediaPages;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ShownMediaCheckTest {
  private record Pages(Optional<String> usesUnknown) implements MediaPages {
    @Override
    public boolean exists(String mediaId) {
      return false;
    }

    @Override
    public void ids(MediaFilter page, Consumer<List<String>> sink) {}
  }

  @Test
  void whatTheHomeserverCannotTellIsNeverTakenForKeep() {
    assertThatThrownBy(
            () -> ShownMediaCheck.require(true, new Pages(Optional.of("Synapse's admin API"))))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("'unused-elsewhere'")
        .hasMessageContaining("Synapse's admin API");
  }

  @Test
  void otherJobsAndHomeserversAreAllowed() {
    ShownMediaCheck.require(true, new Pages(Optional.empty()));
    ShownMediaCheck.require(false, new Pages(Optional.of("Synapse's admin API")));
  }
}
