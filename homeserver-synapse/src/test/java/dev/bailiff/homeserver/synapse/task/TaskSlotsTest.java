package dev.bailiff.homeserver.synapse.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bailiff.homeserver.synapse.api.TaskCalls;
import dev.bailiff.testing.synapse.LocalServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server with as many open tasks as a test says. */
class TaskSlotsTest {
  private static final int MOST = 2;
  private static final Duration SOON = Duration.ofMillis(300);
  private static final Duration NEVER = Duration.ofDays(1);

  @TempDir Path folder;

  private final AtomicInteger open = new AtomicInteger();
  private final CountDownLatch asked = new CountDownLatch(1);
  private CountDownLatch answering = new CountDownLatch(0);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private LocalServer server;
  private TaskSlots slots;

  @BeforeEach
  void start() throws Exception {
    server =
        LocalServer.answering(
            exchange -> {
              var list = String.join(",", Collections.nCopies(open.get(), "{\"id\": \"any\"}"));
              asked.countDown();
              awaitAnswering();
              LocalServer.answer(exchange, 200, "{\"scheduled_tasks\": [" + list + "]}");
            });
    slots = new TaskSlots(new TaskCalls(server.account(folder)), MOST);
  }

  @AfterEach
  void stop() {
    threads.shutdownNow();
    server.close();
  }

  @Test
  void batchesThatComeTogetherStartNoMoreThanThereAreSlots() throws Exception {
    List<Callable<Optional<Integer>>> batches =
        Collections.nCopies(20, () -> slots.start(in(SOON), open::incrementAndGet));

    for (var batch : threads.invokeAll(batches)) {
      batch.get();
    }

    assertThat(open.get()).isBetween(1, MOST);
  }

  @Test
  void batchStartsWhenATaskOfThisProcessHasEnded() throws Exception {
    open.set(MOST);
    var batch = threads.submit(() -> slots.start(in(NEVER), () -> "started"));
    asked.await();

    open.decrementAndGet();
    slots.taskEnded();

    assertThat(batch.get()).contains("started");
  }

  @Test
  void batchStartsWhenATaskOfAnotherProcessHasEnded() throws Exception {
    open.set(MOST);
    var batch = threads.submit(() -> slots.start(in(NEVER), () -> "started"));
    asked.await();

    open.decrementAndGet();

    assertThat(batch.get()).contains("started");
  }

  @Test
  void batchWithoutASlotGivesUpAtItsEnd() {
    open.set(MOST);

    assertThat(slots.start(in(SOON), () -> "started")).isEmpty();
  }

  @Test
  void batchesBehindThoseThatWaitAskNothing() throws Exception {
    answering = new CountDownLatch(1);
    for (int n = 0; n < MOST; n++) {
      threads.submit(() -> slots.start(in(NEVER), () -> "started"));
    }
    asked.await();
    await().until(slots::isCrowded);

    assertThat(slots.start(in(NEVER), () -> "started")).isEmpty();
    answering.countDown();
  }

  private void awaitAnswering() {
    try {
      answering.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static long in(Duration time) {
    return System.nanoTime() + time.toNanos();
  }
}
