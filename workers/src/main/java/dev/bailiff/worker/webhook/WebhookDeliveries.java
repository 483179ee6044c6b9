package dev.bailiff.worker.webhook;

import com.codahale.metrics.Meter;
import com.codahale.metrics.MetricRegistry;
import dev.bailiff.duty.DaemonThreads;
import dev.bailiff.duty.Duty;
import dev.bailiff.duty.DutyLoop;
import dev.bailiff.webhook.DeliveryQueue;
import dev.bailiff.webhook.HostLookup;
import dev.bailiff.webhook.NotifyConfig;
import dev.bailiff.webhook.TakenDelivery;
import dev.bailiff.webhook.Webhooks;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers what is due, on a few threads. Only the leader of the duties asks whether anything is
 * due, so workers that do not lead ask nothing. The threads end when there is nothing to do.
 */
public final class WebhookDeliveries implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WebhookDeliveries.class);

  /** Messages that this process delivers at a time. */
  static final int AT_A_TIME = 8;

  private static final Duration NOTIFY_RETRY = Duration.ofSeconds(10);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(1);

  private final Webhooks webhooks;
  private final DeliveryQueue queue;
  private final MessageBody bodies;
  private final WebhookSender sender;
  private final @Nullable NotifyConfig notify;
  private final Meter delivered;
  private final Meter failed;
  private final DutyLoop loop = new DutyLoop("webhooks");
  private final Duty round = this::round;
  private final Semaphore places = new Semaphore(AT_A_TIME);
  private final ThreadPoolExecutor threads =
      new ThreadPoolExecutor(
          AT_A_TIME,
          AT_A_TIME,
          30,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(),
          DaemonThreads.named("webhook"));

  private volatile boolean notifyIsStored;

  /**
   * @param owner names this process; unique among workers
   */
  public WebhookDeliveries(
      Jdbi jdbi, String owner, WebhookSettings settings, MetricRegistry metrics) {
    this(
        jdbi,
        owner,
        settings,
        metrics,
        new WebhookSender(settings.webhooks().policy(), HostLookup.SYSTEM, Clock.systemUTC()));
  }

  WebhookDeliveries(
      Jdbi jdbi,
      String owner,
      WebhookSettings settings,
      MetricRegistry metrics,
      WebhookSender sender) {
    this.webhooks = new Webhooks(jdbi);
    this.queue = new DeliveryQueue(jdbi, owner);
    this.bodies = new MessageBody(queue);
    this.sender = sender;
    this.notify = settings.whom();
    this.delivered = metrics.meter("bailiff.webhooks.delivered");
    this.failed = metrics.meter("bailiff.webhooks.failed");
    threads.allowCoreThreadTimeOut(true);
  }

  /** Stores whom the configuration names, as soon as the database answers. */
  public void start() {
    if (notify != null) {
      loop.runNow(this::storeNotify);
      loop.every(NOTIFY_RETRY, this::storeNotify);
    }
  }

  private boolean storeNotify() {
    if (!notifyIsStored && notify != null) {
      webhooks.setOfConfiguration(notify);
      notifyIsStored = true;
    }
    return false;
  }

  /** Soon delivers what is due. */
  public void deliverNow() {
    loop.runNow(round);
  }

  /** Gives up what was tried for too long, and deletes what nobody needs. */
  public boolean prune() {
    return queue.prune();
  }

  /** Takes no more than there are threads for, so that no lease runs while a message waits. */
  private boolean round() {
    int free = places.availablePermits();
    if (free > 0) {
      for (var delivery : queue.take(free)) {
        places.acquireUninterruptibly();
        threads.execute(() -> deliver(delivery));
      }
    }
    return false;
  }

  private void deliver(TakenDelivery delivery) {
    try {
      var refusal = sender.send(delivery, bodies.of(delivery));
      if (refusal.isEmpty()) {
        queue.delivered(delivery);
        delivered.mark();
      } else {
        failed(delivery, refusal.get());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      LOG.info("a message is left to another worker: job={}", delivery.job());
    } catch (RuntimeException e) {
      // Its lease runs out, and it is delivered again.
      LOG.warn("a delivery broke off, it is done again: job={}: {}", delivery.job(), e.toString());
    } finally {
      places.release();
      loop.runNow(round);
    }
  }

  private void failed(TakenDelivery delivery, String why) {
    queue.failed(delivery, why, RetryWait.after(delivery.attempt()));
    failed.mark();
    LOG.info(
        "a message was not delivered: receiver={} job={} event={} attempt={}: {}",
        delivery.address().receiver(),
        delivery.job(),
        delivery.event(),
        delivery.attempt(),
        why);
  }

  /** The current fault of the loop; empty if it works. */
  public Optional<String> complaint() {
    return loop.complaint();
  }

  /** Ends the attempts under way; what they did not finish is delivered by another worker. */
  @Override
  public void close() {
    loop.close();
    DaemonThreads.stop(threads, STOP_LIMIT);
    sender.close();
  }
}
