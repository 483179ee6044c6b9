package dev.bailiff.standalone.fault;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Jobs of all five kinds on few users and rooms, so that many jobs work on the same ones at once.
 * The same seed gives the same jobs in the same order.
 */
final class ChaosJobs {
  /** One job in so many begins later; one in {@link #CANCELLED} is cancelled. */
  private static final int SCHEDULED = 6;

  private static final int CANCELLED = 6;
  private static final List<String> KINDS =
      List.of("redact-events", "delete-media", "deactivate-users", "purge-history", "delete-rooms");

  private final ObjectMapper json = new ObjectMapper();
  private final Random random;
  private final List<String> users;
  private final List<String> doomed;
  private final List<String> rooms;
  private int next;

  /**
   * The data for one job, and what its client does with it.
   *
   * @param key for idempotency
   * @param laterSeconds delay of the job's start; 0 means now
   * @param cancelled whether the client cancels the job once it is accepted
   */
  record Spec(
      String key,
      String kind,
      List<String> targets,
      Map<String, Object> parameters,
      int laterSeconds,
      boolean cancelled) {}

  /**
   * Prepares the jobs.
   *
   * @param rooms of the users; a third of them is to be deleted sooner or later
   */
  ChaosJobs(long seed, List<String> users, List<String> rooms) {
    this.random = new Random(seed);
    this.users = List.copyOf(users);
    this.rooms = List.copyOf(rooms);
    this.doomed = rooms.subList(0, Math.max(1, rooms.size() / 3));
  }

  /** The next job; the first five jobs are one of each kind. */
  Spec next(int laterSeconds) {
    int n = next++;
    String kind = KINDS.get(n < KINDS.size() ? n : random.nextInt(KINDS.size()));
    boolean later = random.nextInt(SCHEDULED) == 0;
    boolean cancelled = random.nextInt(CANCELLED) == 0;
    return new Spec(
        "chaos-" + n, kind, targets(kind), parameters(kind), later ? laterSeconds : 0, cancelled);
  }

  /** The body of the request. */
  String body(Spec spec) {
    var body = new LinkedHashMap<String, Object>();
    body.put("kind", spec.kind());
    body.put("targets", spec.targets());
    body.put("parameters", spec.parameters());
    body.put("reason", "chaos");
    if (spec.laterSeconds() > 0) {
      body.put("run_at", Instant.now().plusSeconds(spec.laterSeconds()).toString());
    }
    try {
      return json.writeValueAsString(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private List<String> targets(String kind) {
    return switch (kind) {
      case "delete-rooms" -> some(doomed, 2);
      case "purge-history" -> some(rooms, 3);
      default -> some(users, 12);
    };
  }

  private Map<String, Object> parameters(String kind) {
    return switch (kind) {
      case "redact-events" ->
          Map.of(
              "rooms",
              random.nextBoolean() ? List.of() : some(rooms, rooms.size()),
              "limit",
              1_000_000);
      case "purge-history" ->
          Map.of("purge_up_to_ts", Instant.now().toEpochMilli(), "delete_local_events", true);
      case "delete-rooms" ->
          // The remaining members are joined to a new room, unless their account was closed.
          random.nextBoolean()
              ? Map.of("block", true)
              : Map.of("block", true, "new_room_user_id", "@ada:chat.example");
      case "deactivate-users" -> Map.of("erase", random.nextBoolean());
      default -> Map.of();
    };
  }

  private List<String> some(List<String> all, int most) {
    var shuffled = new ArrayList<>(all);
    Collections.shuffle(shuffled, random);
    return List.copyOf(shuffled.subList(0, 1 + random.nextInt(Math.min(most, all.size()))));
  }
}
