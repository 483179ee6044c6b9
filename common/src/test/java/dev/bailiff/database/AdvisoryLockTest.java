package dev.bailiff.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class AdvisoryLockTest {

  @Test
  void noTwoLocksHaveTheSameNumber() {
    assertThat(Arrays.stream(AdvisoryLock.values()).map(AdvisoryLock::take))
        .doesNotHaveDuplicates();
  }
}
