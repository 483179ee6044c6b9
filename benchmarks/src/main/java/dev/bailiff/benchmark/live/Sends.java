package dev.bailiff.benchmark.live;

import dev.bailiff.benchmark.measure.Latencies;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** A user who sends four messages a second to a room, until this is closed. */
public final class Sends implements AutoCloseable {
  private static final long PAUSE_NANOS = Duration.ofMillis(250).toNanos();

  private final LiveSynapse synapse;
  private final Chat chat;
  private final CompletableFuture<Latencies> result = new CompletableFuture<>();
  private final Thread thread = new Thread(this::run, "sends");
  private volatile boolean ends;

  /** A user of a room in which nothing else happens. */
  public record Chat(String room, String user) {

    /** Makes a room with a few members. */
    public static Chat make(LiveSynapse synapse) {
      var data = synapse.data();
      List<String> members = data.users(3);
      var room = data.room(members.get(0));
      data.join(room, members.subList(1, members.size()));
      data.send(List.of(room), members.get(0), 10);
      return new Chat(room, members.get(0));
    }
  }

  private Sends(LiveSynapse synapse, Chat chat) {
    this.synapse = synapse;
    this.chat = chat;
  }

  /** Begins to send. */
  public static Sends begin(LiveSynapse synapse, Chat chat) {
    var sends = new Sends(synapse, chat);
    sends.thread.start();
    return sends;
  }

  /** Sends for some time. */
  public static Latencies during(LiveSynapse synapse, Chat chat, Duration time)
      throws InterruptedException {
    try (Sends sends = begin(synapse, chat)) {
      Thread.sleep(time.toMillis());
      return sends.end();
    }
  }

  /**
   * Ends the sends.
   *
   * @return the time of each
   * @throws IllegalStateException if one failed
   */
  public Latencies end() throws InterruptedException {
    ends = true;
    try {
      return result.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a message was not sent", e.getCause());
    }
  }

  private void run() {
    List<Double> seconds = new ArrayList<>();
    try (var connection = synapse.api().connectAsUsers()) {
      long next = System.nanoTime();
      do {
        int number = synapse.data().nextNumber();
        var path = SynapseApi.asUser(SynapseData.sendPath(chat.room(), number), chat.user());
        var body = SynapseData.message(number).toString();
        long begin = System.nanoTime();
        connection.put(path, body).require(200);
        seconds.add((System.nanoTime() - begin) / 1e9);
        next = Math.max(next + PAUSE_NANOS, System.nanoTime());
        Thread.sleep(Duration.ofNanos(next - System.nanoTime()).toMillis());
      } while (!ends);
      result.complete(new Latencies(seconds));
    } catch (IOException | InterruptedException | RuntimeException e) {
      result.completeExceptionally(e);
    }
  }

  @Override
  public void close() {
    ends = true;
    thread.interrupt();
  }
}
