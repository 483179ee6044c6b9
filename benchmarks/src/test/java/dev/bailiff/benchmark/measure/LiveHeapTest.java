package dev.bailiff.benchmark.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;

class LiveHeapTest {
  @Test
  void whatIsHeldCountsAndGarbageDoesNot() throws InterruptedException {
    try (var heap = new LiveHeap()) {
      for (int n = 0; n < 100; n++) {
        assertThat(new byte[1 << 20]).isNotEmpty(); // garbage, 100 MB in all
      }
      assertThat(heap.megabytesAboveIdle()).isLessThan(50);

      var held = new byte[60 << 20];

      await().until(() -> heap.megabytesAboveIdle() > 59);
      assertThat(held).hasSize(60 << 20);
    }
  }
}
