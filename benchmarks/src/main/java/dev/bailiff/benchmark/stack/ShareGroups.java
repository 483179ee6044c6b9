package dev.bailiff.benchmark.stack;

import dev.bailiff.kafka.KafkaConfig;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ShareGroupDescription;
import org.apache.kafka.clients.admin.ShareMemberDescription;

/** Waits for members of share groups, so that no clock starts before the workers have joined. */
public final class ShareGroups {
  private static final Duration LIMIT = Duration.ofSeconds(90);

  private ShareGroups() {}

  /**
   * Waits until each group has the given number of members.
   *
   * @param members how many consumers each group must have
   * @throws IllegalStateException if they do not join in time
   */
  static void awaitMembers(KafkaConfig kafka, Map<String, Integer> members)
      throws InterruptedException {
    await(
        kafka,
        members.keySet(),
        ids ->
            ids.entrySet().stream()
                .allMatch(
                    group ->
                        Integer.valueOf(group.getValue().size())
                            .equals(members.get(group.getKey()))));
  }

  /** The ids of the members of each group; dead members count until Kafka has noticed. */
  static Map<String, Set<String>> members(KafkaConfig kafka, Set<String> groups)
      throws InterruptedException {
    return await(kafka, groups, ids -> true);
  }

  /**
   * Waits until each group has a member that was not in it before, no matter which of the old
   * members are dead.
   *
   * @param before from {@link #members}
   * @throws IllegalStateException if nobody joins in time
   */
  static void awaitAnother(KafkaConfig kafka, Map<String, Set<String>> before)
      throws InterruptedException {
    await(
        kafka,
        before.keySet(),
        ids ->
            ids.entrySet().stream()
                .noneMatch(
                    group ->
                        before
                            .getOrDefault(group.getKey(), Set.of())
                            .containsAll(group.getValue())));
  }

  private static Map<String, Set<String>> await(
      KafkaConfig kafka, Set<String> groups, Predicate<Map<String, Set<String>>> enough)
      throws InterruptedException {
    long end = System.nanoTime() + LIMIT.toNanos();
    try (Admin admin = Admin.create(kafka.client(Map.of()))) {
      while (System.nanoTime() < end) {
        var ids = ids(admin, groups);
        if (ids.keySet().equals(groups) && enough.test(ids)) {
          return ids;
        }
        Thread.sleep(100);
      }
    }
    throw new IllegalStateException("the workers did not join " + groups);
  }

  private static Map<String, Set<String>> ids(Admin admin, Set<String> groups)
      throws InterruptedException {
    try {
      return admin.describeShareGroups(groups).all().get(10, TimeUnit.SECONDS).values().stream()
          .collect(
              Collectors.toMap(
                  ShareGroupDescription::groupId,
                  group ->
                      group.members().stream()
                          .map(ShareMemberDescription::consumerId)
                          .collect(Collectors.toSet())));
    } catch (ExecutionException | TimeoutException e) {
      return Map.of(); // the groups do not exist yet
    }
  }
}
