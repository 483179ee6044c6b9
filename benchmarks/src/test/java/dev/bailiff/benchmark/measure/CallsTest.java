package dev.bailiff.benchmark.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CallsTest {
  private final Set<Integer> made = ConcurrentHashMap.newKeySet();
  private final AtomicInteger closed = new AtomicInteger();

  @Test
  void everyCallIsMadeOnceAndEveryClientIsClosed() throws Exception {
    var calls = Calls.by(3, 100, () -> client(-1));

    assertThat(made).hasSize(100);
    assertThat(calls.latencies().seconds()).hasSize(100);
    assertThat(closed).hasValue(3);
  }

  @Test
  void oneFailedCallFailsAll() {
    assertThatThrownBy(() -> Calls.by(3, 100, () -> client(50)))
        .isInstanceOf(IllegalStateException.class)
        .hasRootCauseMessage("call 50");
    assertThat(closed).hasValue(3);
  }

  private Calls.Client client(int bad) {
    return new Calls.Client() {
      @Override
      public void call(int n) {
        if (n == bad || !made.add(n)) {
          throw new IllegalArgumentException("call " + n);
        }
      }

      @Override
      public void close() {
        closed.incrementAndGet();
      }
    };
  }
}
