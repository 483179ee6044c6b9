package dev.bailiff.kafka;

import dev.bailiff.duty.DaemonThreads;
import dev.bailiff.job.JobKind;
import dev.bailiff.job.PublishableCommand;
import dev.bailiff.schemas.event.JobEvent;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.StateTransition;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.timelimiter.TimeLimiter;
import io.github.resilience4j.timelimiter.TimeLimiterConfig;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends commands and events.
 *
 * <p>A thread of its own sends commands and events, as {@code send} blocks while Kafka is away or a
 * topic is unknown. A circuit breaker and a time limiter guard each send. A send that they refuse
 * is dropped here: the store publishes commands again ({@code CommandRepublisher}), which needs no
 * memory in this process and survives its death.
 */
public final class KafkaPublisher implements CommandPublisher, JobEventPublisher, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaPublisher.class);

  /**
   * More than a window of commands of a hundred jobs. Commands beyond this are dropped, and the
   * store publishes them again.
   */
  private static final int QUEUE = 10_000;

  /**
   * Milliseconds. A poll of a share consumer takes the records that were produced together, so the
   * commands of one commit must go out together.
   */
  private static final int LINGER = 2;

  /** The key of all heads of the audit. */
  private static final UUID HEADS = new UUID(0, 0);

  /** For what is queued, and then for what is sent. */
  private static final Duration STOP_LIMIT = Duration.ofSeconds(2);

  private final Producer<String, byte[]> producer;
  private final Topics topics;
  private final Duration timeout;
  private final CircuitBreaker commandBreaker = breaker("kafka-commands");
  private final CircuitBreaker eventBreaker = breaker("kafka-job-events");
  private final TimeLimiter limiter;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("kafka-time-limit"));
  private final ThreadPoolExecutor sender =
      new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(QUEUE),
          DaemonThreads.named("kafka-publisher"),
          (task, pool) -> {});

  public KafkaPublisher(KafkaConfig config) {
    this.topics = config.topics();
    this.timeout = config.publishTimeout().toJavaDuration();
    this.producer =
        new KafkaProducer<>(
            config.producer(LINGER), new StringSerializer(), new ByteArraySerializer());
    this.limiter =
        TimeLimiter.of(
            "kafka-produce",
            TimeLimiterConfig.custom()
                .timeoutDuration(timeout.plusMillis(500))
                .cancelRunningFuture(false)
                .build());
  }

  /**
   * There is one breaker for commands and one for events, so that trouble with the topic of events
   * does not stop the work.
   */
  private static CircuitBreaker breaker(String name) {
    var breaker =
        CircuitBreaker.of(
            name,
            CircuitBreakerConfig.custom()
                .slidingWindowSize(10)
                .minimumNumberOfCalls(3)
                .waitDurationInOpenState(Duration.ofSeconds(1))
                .permittedNumberOfCallsInHalfOpenState(2)
                .build());
    breaker
        .getEventPublisher()
        .onStateTransition(
            event -> {
              var transition = event.getStateTransition();
              if (transition == StateTransition.CLOSED_TO_OPEN) {
                LOG.warn("{}: Kafka does not take what is sent; it is sent again later", name);
              } else if (transition == StateTransition.HALF_OPEN_TO_CLOSED) {
                LOG.info("{}: Kafka takes what is sent again", name);
              }
            });
    return breaker;
  }

  @Override
  public void publish(List<PublishableCommand> commands) {
    if (!commands.isEmpty()) {
      sender.execute(() -> commands.forEach(this::sendAlone));
    }
  }

  @Override
  public void publishEvent(JobEvent event) {
    sender.execute(() -> send(event));
  }

  @Override
  public boolean publishEvents(List<JobEvent> events) {
    var sent =
        CompletableFuture.supplyAsync(() -> events.stream().map(this::send).toList(), sender);
    try {
      for (var stage : sent.get(timeout.toMillis() * 2, TimeUnit.MILLISECONDS)) {
        if (!stage.toCompletableFuture().get(timeout.toMillis() * 2, TimeUnit.MILLISECONDS)) {
          return false;
        }
      }
      return true;
    } catch (ExecutionException | TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * Sends a head of the audit's chain, as JSON. Never blocks, never throws; a head that is lost is
   * followed by another one.
   */
  public void publishHead(String json) {
    sender.execute(
        () ->
            guarded(
                eventBreaker, topics.auditHeads(), HEADS, json.getBytes(StandardCharsets.UTF_8)));
  }

  /** Whether the last sends succeeded: both circuit breakers are closed. */
  public boolean isHealthy() {
    return commandBreaker.getState() == CircuitBreaker.State.CLOSED
        && eventBreaker.getState() == CircuitBreaker.State.CLOSED;
  }

  /** A command that cannot be sent must not hold up the commands after it. */
  private void sendAlone(PublishableCommand publishable) {
    try {
      send(publishable);
    } catch (RuntimeException e) {
      LOG.warn("a command of job {} is not sent: {}", publishable.command().jobId(), e.toString());
    }
  }

  private void send(PublishableCommand publishable) {
    var command = publishable.command();
    var topic =
        publishable.express() ? topics.express() : topics.commands(new JobKind(command.kind()));
    guarded(commandBreaker, topic, command.jobId(), CommandSerde.write(command));
  }

  private CompletionStage<Boolean> send(JobEvent event) {
    return guarded(eventBreaker, topics.jobEvents(), event.jobId(), CommandSerde.write(event));
  }

  private CompletionStage<Boolean> guarded(
      CircuitBreaker breaker, String topic, UUID key, byte[] value) {
    if (!breaker.tryAcquirePermission()) {
      return CompletableFuture.completedFuture(false);
    }
    long start = System.nanoTime();
    return limiter
        .executeCompletionStage(clock, () -> acknowledged(topic, key, value))
        .handle(
            (done, error) -> {
              if (error == null) {
                breaker.onSuccess(System.nanoTime() - start, TimeUnit.NANOSECONDS);
                return true;
              }
              breaker.onError(System.nanoTime() - start, TimeUnit.NANOSECONDS, error);
              LOG.debug("not sent to {}: {}", topic, error.toString());
              return false;
            });
  }

  private CompletionStage<Boolean> acknowledged(String topic, UUID key, byte[] value) {
    var result = new CompletableFuture<Boolean>();
    try {
      producer.send(
          new ProducerRecord<>(topic, key.toString(), value),
          (metadata, error) -> {
            if (error == null) {
              result.complete(true);
            } else {
              result.completeExceptionally(error);
            }
          });
    } catch (RuntimeException e) {
      result.completeExceptionally(e);
    }
    return result;
  }

  @Override
  public void close() {
    DaemonThreads.stop(sender, STOP_LIMIT);
    producer.close(STOP_LIMIT);
    clock.shutdownNow();
  }
}
