package dev.bailiff.kafka;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.dropwizard.util.Duration;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The block {@code kafka}.
 *
 * <pre>
 * key               default  meaning
 * bootstrapServers  –        host:port, comma-separated
 * topicPrefix       bailiff  first part of the names of topics and groups
 * replicationFactor –        copies of each topic that is created; null = the broker's default
 * lockDuration      30s      how long the broker reserves a delivered command for a worker
 * publishTimeout    3s       a send that takes longer is abandoned; the store publishes again
 * properties        {}       passed to every client: SASL, TLS
 * groupSettings     {}       set on every share group, beside the offset reset and the lock duration
 * </pre>
 */
public final class KafkaConfig {
  @NotBlank @JsonProperty private String bootstrapServers = "";
  @NotBlank @JsonProperty private String topicPrefix = "bailiff";

  @Min(1)
  @Max(Short.MAX_VALUE)
  @JsonProperty
  private @Nullable Short replicationFactor;

  @NotNull @JsonProperty private Duration lockDuration = Duration.seconds(30);
  @NotNull @JsonProperty private Duration publishTimeout = Duration.seconds(3);
  @JsonProperty private Map<String, String> properties = new LinkedHashMap<>();
  @JsonProperty private Map<String, String> groupSettings = new LinkedHashMap<>();

  /** For the YAML configuration. */
  public KafkaConfig() {}

  /** For processes that start their own broker. */
  public KafkaConfig(
      String bootstrapServers,
      String topicPrefix,
      Duration lockDuration,
      Map<String, String> groupSettings) {
    this.bootstrapServers = bootstrapServers;
    this.topicPrefix = topicPrefix;
    this.lockDuration = lockDuration;
    this.groupSettings = new LinkedHashMap<>(groupSettings);
  }

  /**
   * For processes that start their own broker with a password.
   *
   * @param properties passed to every client
   */
  public KafkaConfig(
      String bootstrapServers,
      String topicPrefix,
      Duration lockDuration,
      Map<String, String> groupSettings,
      Map<String, String> properties) {
    this(bootstrapServers, topicPrefix, lockDuration, groupSettings);
    this.properties = new LinkedHashMap<>(properties);
  }

  /** Names of topics and groups. */
  public Topics topics() {
    return new Topics(topicPrefix);
  }

  /** Number of copies of each topic that is created; empty leaves the number to the broker. */
  public Optional<Short> replicationFactor() {
    return Optional.ofNullable(replicationFactor);
  }

  /** How long the broker reserves a delivered command for a worker. */
  public Duration lockDuration() {
    return lockDuration;
  }

  /** Maximum duration of a send. */
  public Duration publishTimeout() {
    return publishTimeout;
  }

  /** Settings of every share group, with the offset reset and the lock duration. */
  public Map<String, String> groupSettings() {
    var settings = new LinkedHashMap<String, String>();
    settings.put("share.auto.offset.reset", "earliest");
    settings.put("share.record.lock.duration.ms", Long.toString(lockDuration.toMilliseconds()));
    settings.putAll(groupSettings);
    return settings;
  }

  /**
   * Properties of a producer that waits for all copies, and abandons a send soon after {@link
   * #publishTimeout}.
   *
   * @param lingerMillis how long a record waits for others of its batch, in ms
   */
  Map<String, Object> producer(int lingerMillis) {
    int millis = (int) publishTimeout.toMilliseconds();
    return client(
        Map.of(
            "acks",
            "all",
            "linger.ms",
            lingerMillis,
            "max.block.ms",
            millis,
            "request.timeout.ms",
            millis,
            "delivery.timeout.ms",
            millis + 1000));
  }

  /** Properties that all clients have in common; {@code own} overrides them. */
  public Map<String, Object> client(Map<String, Object> own) {
    Map<String, Object> all = new HashMap<>();
    all.put("bootstrap.servers", bootstrapServers);
    all.put("reconnect.backoff.max.ms", 1000);
    all.putAll(properties);
    all.putAll(own);
    return all;
  }
}
