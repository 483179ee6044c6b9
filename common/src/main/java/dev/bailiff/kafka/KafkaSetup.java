package dev.bailiff.kafka;

import dev.bailiff.job.JobKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListGroupsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes sure that topics and group settings exist before the first poll: without {@code
 * share.auto.offset.reset=earliest} a group misses everything that was sent before that poll. The
 * set-up is repeated when Kafka comes back empty. Any number of processes may run it at once.
 */
public final class KafkaSetup implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaSetup.class);
  private static final int EVENT_PARTITIONS = 4;
  private static final long TIMEOUT_SECONDS = 15;

  private final Admin admin;
  private final KafkaConfig config;
  private final List<JobKind> kinds;

  public KafkaSetup(KafkaConfig config, Collection<JobKind> kinds) {
    this.config = config;
    this.kinds = List.copyOf(kinds);
    this.admin =
        Admin.create(
            config.client(Map.of("request.timeout.ms", 5000, "default.api.timeout.ms", 10000)));
  }

  /**
   * Creates missing topics and sets the group settings.
   *
   * @throws KafkaException if Kafka is away or refuses
   */
  public void ensure() {
    try {
      compareCopies(createTopics());
      configureGroups();
    } catch (ExecutionException e) {
      throw new KafkaException("Kafka refused the set-up: " + e.getMessage(), e);
    } catch (TimeoutException e) {
      throw new KafkaException("Kafka did not answer in time", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted", e);
    }
  }

  /** Returns the names of the topics that existed already. */
  private Set<String> createTopics()
      throws ExecutionException, InterruptedException, TimeoutException {
    var existing = new TreeSet<String>();
    var topics = new ArrayList<NewTopic>();
    names()
        .forEach(
            name ->
                topics.add(
                    new NewTopic(name, Optional.of(partitions(name)), config.replicationFactor())
                        .configs(settings(name))));
    for (var created : admin.createTopics(topics).values().entrySet()) {
      try {
        created.getValue().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof TopicExistsException)) {
          throw e;
        }
        existing.add(created.getKey());
      }
    }
    return existing;
  }

  /** One small record a minute: they can all stay. */
  private Map<String, String> settings(String topic) {
    return topic.equals(config.topics().auditHeads()) ? Map.of("retention.ms", "-1") : Map.of();
  }

  private int partitions(String topic) {
    return topic.equals(config.topics().jobEvents()) ? EVENT_PARTITIONS : 1;
  }

  private void configureGroups() throws ExecutionException, InterruptedException, TimeoutException {
    var operations =
        config.groupSettings().entrySet().stream()
            .map(
                e ->
                    new AlterConfigOp(
                        new ConfigEntry(e.getKey(), e.getValue()), AlterConfigOp.OpType.SET))
            .toList();
    Map<ConfigResource, Collection<AlterConfigOp>> changes = new HashMap<>();
    kinds.forEach(kind -> changes.put(group(config.topics().group(kind)), operations));
    changes.put(group(config.topics().expressGroup()), operations);
    admin.incrementalAlterConfigs(changes).all().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
  }

  /**
   * Logs the topics that have another number of copies, as only an administrator can change that.
   */
  private void compareCopies(Set<String> existing)
      throws ExecutionException, InterruptedException, TimeoutException {
    if (config.replicationFactor().isEmpty()) {
      return;
    }
    int wanted = config.replicationFactor().get();
    var others = new TreeMap<String, Integer>();
    for (var topic : admin.describeTopics(existing).topicNameValues().entrySet()) {
      try {
        var described = topic.getValue().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        int copies = described.partitions().get(0).replicas().size();
        if (copies != wanted) {
          others.put(topic.getKey(), copies);
        }
      } catch (ExecutionException e) {
        // another process made the topic a moment ago, and the broker that answered does not know
        // it yet
        if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
          throw e;
        }
      }
    }
    if (!others.isEmpty()) {
      LOG.warn(
          "kafka.replicationFactor is {}, but topics exist with other numbers of copies: {};"
              + " kafka-reassign-partitions changes them",
          wanted,
          others);
    }
  }

  private static ConfigResource group(String name) {
    return new ConfigResource(ConfigResource.Type.GROUP, name);
  }

  private Set<String> names() {
    var names = kinds.stream().map(config.topics()::commands).collect(Collectors.toSet());
    names.add(config.topics().express());
    names.add(config.topics().jobEvents());
    names.add(config.topics().deadLetters());
    names.add(config.topics().auditHeads());
    return names;
  }

  /**
   * The present ids of our topics; missing topics are left out. Another id under the same name
   * means that Kafka was wiped in between.
   *
   * @throws KafkaException if Kafka is away
   */
  public Map<String, Uuid> topicIds() {
    var ids = new HashMap<String, Uuid>();
    for (var entry : admin.describeTopics(names()).topicNameValues().entrySet()) {
      try {
        ids.put(entry.getKey(), entry.getValue().get(TIMEOUT_SECONDS, TimeUnit.SECONDS).topicId());
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
          throw new KafkaException("Kafka could not be asked for its topics", e.getCause());
        }
      } catch (TimeoutException e) {
        throw new KafkaException("Kafka did not answer in time", e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new KafkaException("interrupted", e);
      }
    }
    return ids;
  }

  /**
   * The kinds that a living worker listens to now. This takes one request to each broker, however
   * many workers there are.
   *
   * @throws KafkaException if Kafka is away
   */
  public Set<JobKind> attendedKinds() {
    try {
      var attended =
          admin
              .listGroups(ListGroupsOptions.forShareGroups())
              .all()
              .get(TIMEOUT_SECONDS, TimeUnit.SECONDS)
              .stream()
              .filter(group -> group.groupState().equals(Optional.of(GroupState.STABLE)))
              .map(GroupListing::groupId)
              .collect(Collectors.toSet());
      return kinds.stream()
          .filter(kind -> attended.contains(config.topics().group(kind)))
          .collect(Collectors.toSet());
    } catch (ExecutionException e) {
      throw new KafkaException("Kafka could not be asked for its groups", e.getCause());
    } catch (TimeoutException e) {
      throw new KafkaException("Kafka did not answer in time", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted", e);
    }
  }

  /**
   * The names of the slots that listen for commands now, those of any worker. Kafka misses a worker
   * that was killed when the session of its slots ends, 45 s later by default.
   *
   * @throws KafkaException if Kafka is away
   */
  public Set<String> slotNames() {
    var groups = kinds.stream().map(config.topics()::group).collect(Collectors.toSet());
    groups.add(config.topics().expressGroup());
    var names = new TreeSet<String>();
    for (var group : admin.describeShareGroups(groups).describedGroups().values()) {
      try {
        group
            .get(TIMEOUT_SECONDS, TimeUnit.SECONDS)
            .members()
            .forEach(member -> names.add(member.clientId()));
      } catch (ExecutionException e) {
        // no worker has slots of this kind
        if (!(e.getCause() instanceof GroupIdNotFoundException)) {
          throw new KafkaException("Kafka could not be asked for its groups", e.getCause());
        }
      } catch (TimeoutException e) {
        throw new KafkaException("Kafka did not answer in time", e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new KafkaException("interrupted", e);
      }
    }
    return names;
  }

  /** Whether all our topics exist. */
  public boolean complete() {
    return isComplete(topicIds());
  }

  /** Whether all our topics are among those that {@link #topicIds} returned. */
  public boolean isComplete(Map<String, Uuid> topicIds) {
    return topicIds.keySet().containsAll(names());
  }

  @Override
  public void close() {
    admin.close(Duration.ofSeconds(2));
  }
}
