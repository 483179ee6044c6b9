package dev.bailiff.duty;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DaemonThreadsTest {
  @Test
  void threadsHaveTheNameAndDoNotKeepTheProcessAlive() {
    var thread = DaemonThreads.named("sweep").newThread(() -> {});

    assertThat(thread.getName()).isEqualTo("sweep");
    assertThat(thread.isDaemon()).isTrue();
  }

  @Test
  void queuedTasksAreDoneBeforeTheStop() {
    var executor = Executors.newSingleThreadExecutor(DaemonThreads.named("test"));
    List<Integer> done = new ArrayList<>();
    for (int n = 0; n < 3; n++) {
      int number = n;
      executor.execute(() -> done.add(number));
    }

    DaemonThreads.stop(executor, Duration.ofMinutes(1));

    assertThat(executor.isTerminated()).isTrue();
    assertThat(done).containsExactly(0, 1, 2);
  }

  @Test
  void taskThatTakesTooLongIsInterrupted() throws Exception {
    var executor = Executors.newSingleThreadExecutor(DaemonThreads.named("test"));
    var interrupted = new CompletableFuture<Boolean>();
    executor.execute(
        () -> {
          try {
            interrupted.complete(new CountDownLatch(1).await(1, TimeUnit.MINUTES));
          } catch (InterruptedException e) {
            interrupted.complete(true);
          }
        });

    DaemonThreads.stop(executor, Duration.ofMillis(10));

    assertThat(interrupted.get(1, TimeUnit.MINUTES)).isTrue();
  }
}
