package dev.bailiff.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * The topic for records that are no commands; sends many records at once. It has a producer of its
 * own, made at the first use: big or many dead letters must not hold up commands. Thread-safe.
 */
public final class DeadLetterTopic implements AutoCloseable {
  /** Milliseconds; the letters of one poll go out together. */
  private static final int LINGER = 5;

  private final KafkaConfig config;
  private final Duration timeout;
  private @Nullable Producer<byte[], byte[]> producer;

  public DeadLetterTopic(KafkaConfig config) {
    this.config = config;
    this.timeout = config.publishTimeout().toJavaDuration();
  }

  /** A record to put aside: its key and value, and headers with its origin and the reason. */
  public record Letter(byte @Nullable [] key, byte @Nullable [] value, List<Header> headers) {}

  /** The result of sending a letter. */
  public enum Outcome {
    /** Kafka has stored the letter. */
    TAKEN,
    /** Kafka will never take the letter, mostly because it is too big. */
    REFUSED,
    /** Kafka did not answer in time, and may take the letter another time. */
    LATE
  }

  /**
   * Sends letters; blocks until Kafka has answered for all of them, for twice {@code
   * publishTimeout} at most.
   *
   * @return the result for each letter, in the same order
   */
  public List<Outcome> send(List<Letter> letters) {
    long end = System.nanoTime() + timeout.toNanos() * 2;
    var open = producer();
    var sent = new ArrayList<Future<RecordMetadata>>();
    for (var letter : letters) {
      sent.add(
          System.nanoTime() < end
              ? send(open, letter)
              : CompletableFuture.failedFuture(new TimeoutException("no time left")));
    }
    return sent.stream().map(one -> outcome(one, end)).toList();
  }

  private Future<RecordMetadata> send(Producer<byte[], byte[]> open, Letter letter) {
    var record =
        new ProducerRecord<>(
            config.topics().deadLetters(), null, letter.key(), letter.value(), letter.headers());
    try {
      return open.send(record);
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private static Outcome outcome(Future<RecordMetadata> sent, long end) {
    try {
      sent.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
      return Outcome.TAKEN;
    } catch (ExecutionException e) {
      boolean another =
          e.getCause() instanceof RetriableException || e.getCause() instanceof TimeoutException;
      return another ? Outcome.LATE : Outcome.REFUSED;
    } catch (TimeoutException e) {
      return Outcome.LATE;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted", e);
    }
  }

  private synchronized Producer<byte[], byte[]> producer() {
    var open = producer;
    if (open == null) {
      open =
          new KafkaProducer<>(
              config.producer(LINGER), new ByteArraySerializer(), new ByteArraySerializer());
      producer = open;
    }
    return open;
  }

  @Override
  public synchronized void close() {
    var open = producer;
    if (open != null) {
      open.close(Duration.ofSeconds(2));
      producer = null;
    }
  }
}
