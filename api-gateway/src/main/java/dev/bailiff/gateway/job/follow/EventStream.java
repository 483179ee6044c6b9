package dev.bailiff.gateway.job.follow;

import dev.bailiff.job.JobId;
import dev.bailiff.job.JobView;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A stream of server-sent events. Nothing is written while the client has not taken what was
 * written before; until then each new state of a job takes the place of the older one.
 *
 * <p><b>Concurrency:</b> thread-safe; no call blocks.
 */
final class EventStream implements Follower, WriteListener {
  static final String MEDIA_TYPE = "text/event-stream";

  private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);
  private static final byte[] HEARTBEAT = bytes(":\n\n");
  private static final byte[] MISSED = bytes("event: missed\ndata: {}\n\n");

  /** Jobs whose newest state waits for a client that reads slowly; some 300 bytes each. */
  static final int MOST_PENDING = 1_000;

  private final Wish wish;
  private final Function<JobView, byte[]> writer;
  private final Runnable onEnd;
  private final PendingChanges pending = new PendingChanges(MOST_PENDING);
  private @Nullable AsyncContext context;
  private @Nullable ServletOutputStream out;
  private byte @Nullable [] opening;
  private long lastVersion;
  private boolean beatDue;
  private boolean unflushed;
  private boolean ending;
  private boolean ended;

  /**
   * What a stream is to tell.
   *
   * @param job null for all jobs
   * @param wanted which states of them
   */
  record Wish(@Nullable JobId job, Predicate<JobView> wanted) {}

  /**
   * @param writer the JSON of a job
   * @param onEnd called once when the stream has ended, for whatever reason
   */
  EventStream(Wish wish, Function<JobView, byte[]> writer, Runnable onEnd) {
    this.wish = wish;
    this.writer = writer;
    this.onEnd = onEnd;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public @Nullable JobId job() {
    return wish.job();
  }

  /**
   * Begins to send. What was told before waits until now.
   *
   * @param first sent before all else
   */
  void begin(AsyncContext started, String first) throws IOException {
    var output = started.getResponse().getOutputStream();
    // Only from here on no write blocks.
    output.setWriteListener(this);
    synchronized (this) {
      context = started;
      opening = bytes(first);
      out = output;
      if (ended) {
        started.complete();
      } else {
        pump();
      }
    }
  }

  @Override
  public synchronized void changed(JobChange change) {
    // The first state is read beside the feed, which may tell one that it read before.
    if (wish.job() != null && change.job().version() <= lastVersion) {
      return;
    }
    lastVersion = change.job().version();
    if (wish.wanted().test(change.job())) {
      pending.put(change);
      pump();
    }
  }

  @Override
  public synchronized void missed() {
    pending.miss();
    pump();
  }

  @Override
  public void gone() {
    stop();
  }

  /** Ends the stream. What waits is sent if the client takes it at once. */
  @Override
  public void stop() {
    synchronized (this) {
      pump();
    }
    complete();
  }

  /** Ends the stream without sending anything more. */
  void cut() {
    complete();
  }

  /** Sends a sign of life. Of a stream that writes just now the writing is one. */
  synchronized void beat() {
    beatDue = true;
    pump();
  }

  @Override
  public synchronized void onWritePossible() {
    pump();
  }

  @Override
  public void onError(Throwable fault) {
    // The client has gone, or reads nothing for longer than the connector allows.
    LOG.debug("a stream ends: {}", fault.toString());
    complete();
  }

  private void pump() {
    var output = out;
    if (output == null || ended) {
      return;
    }
    try {
      while (output.isReady()) {
        var next = next();
        if (next != null) {
          output.write(next);
          unflushed = true;
        } else if (unflushed) {
          unflushed = false;
          output.flush();
        } else {
          if (ending) {
            complete();
          }
          return;
        }
      }
    } catch (IOException | IllegalStateException e) {
      LOG.debug("a stream ends", e);
      complete();
    }
  }

  private byte @Nullable [] next() {
    var first = opening;
    if (first != null) {
      opening = null;
      return first;
    }
    if (pending.takeMissed()) {
      return MISSED;
    }
    var change = pending.take();
    if (change != null) {
      return text(change);
    }
    if (beatDue) {
      beatDue = false;
      return HEARTBEAT;
    }
    return null;
  }

  private byte[] text(PendingChanges.Pending pendingChange) {
    var change = pendingChange.change();
    var job = change.job();
    if (wish.job() != null && job.status().isTerminal()) {
      ending = true;
    }
    beatDue = false;
    var text = new ByteArrayOutputStream();
    text.writeBytes(
        bytes("id: " + (wish.job() == null ? pendingChange.mark() : job.version()) + "\n"));
    text.writeBytes(bytes("event: job\ndata: "));
    text.writeBytes(change.json(writer));
    text.writeBytes(bytes("\n\n"));
    return text.toByteArray();
  }

  private void complete() {
    AsyncContext started;
    synchronized (this) {
      if (ended) {
        return;
      }
      ended = true;
      started = context;
    }
    try {
      if (started != null) {
        started.complete();
      }
    } catch (IllegalStateException e) {
      LOG.debug("a stream has ended before", e);
    } finally {
      onEnd.run();
    }
  }
}
