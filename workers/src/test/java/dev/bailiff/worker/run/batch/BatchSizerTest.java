package dev.bailiff.worker.run.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.worker.kind.Stage;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BatchSizerTest {
  private final BatchSizer sizer =
      new BatchSizer(new Stage.Batches(100, 1000), Duration.ofMillis(500));

  @Test
  void fastBatchesGrowTwofoldUpToTheBound() {
    sizer.learn(100, Duration.ofMillis(1));
    assertThat(sizer.size()).isEqualTo(200);

    for (int n = 0; n < 10; n++) {
      sizer.learn(sizer.size(), Duration.ofMillis(1));
    }

    assertThat(sizer.size()).isEqualTo(1000);
  }

  @Test
  void aSlowBatchShrinksAtOnceToWhatFits() {
    sizer.learn(100, Duration.ofSeconds(5));

    assertThat(sizer.size()).isEqualTo(10);
  }

  @Test
  void aBatchThatWasNotFullTeachesNothing() {
    sizer.learn(10, Duration.ofMillis(1));

    assertThat(sizer.size()).isEqualTo(100);
  }

  @Test
  void shrinkingEndsAtOneItem() {
    for (int n = 0; n < 10; n++) {
      sizer.shrink();
    }

    assertThat(sizer.size()).isEqualTo(1);
  }
}
