package dev.bailiff.benchmark;

import dev.bailiff.kafka.KafkaConfig;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;

/** Who has joined, so that no clock starts before. */
final class ShareGroups {
  private static final Duration LIMIT = Duration.ofSeconds(90);

  private ShareGroups() {}

  /**
   * Waits.
   *
   * @param members how many consumers each group must have
   * @throws IllegalStateException if they do not join in time
   */
  static void awaitMembers(KafkaConfig kafka, Map<String, Integer> members)
      throws InterruptedException {
    long end = System.nanoTime() + LIMIT.toNanos();
    try (Admin admin = Admin.create(kafka.client(Map.of()))) {
      while (!haveJoined(admin, members)) {
        if (System.nanoTime() > end) {
          throw new IllegalStateException("the workers did not join " + members);
        }
        Thread.sleep(100);
      }
    }
  }

  private static boolean haveJoined(Admin admin, Map<String, Integer> members)
      throws InterruptedException {
    try {
      return admin
          .describeShareGroups(members.keySet())
          .all()
          .get(10, TimeUnit.SECONDS)
          .values()
          .stream()
          .allMatch(
              group ->
                  Integer.valueOf(group.members().size()).equals(members.get(group.groupId())));
    } catch (ExecutionException | TimeoutException e) {
      return false; // not there yet
    }
  }
}
