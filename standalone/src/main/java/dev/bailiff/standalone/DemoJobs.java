package dev.bailiff.standalone;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bailiff.schemas.api.JobErrorReply;
import dev.bailiff.schemas.api.JobReply;
import dev.bailiff.schemas.api.TargetReply;
import dev.bailiff.standalone.client.ApiClient;
import dev.bailiff.standalone.client.JobRequests;
import dev.bailiff.standalone.client.JobRows;
import dev.bailiff.standalone.client.JobWatch;
import dev.bailiff.standalone.terminal.Terminal;
import dev.bailiff.standalone.terminal.TextTable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The clean-up of the demo. Looks up the spammers and the rooms they took over by HTTP, then
 * submits, watches and checks one job of each simple kind.
 */
final class DemoJobs {
  private static final String SPAMMER = "crypto-gain";
  private static final String REASON = "spam wave";
  private static final int ROOMS_TO_DELETE = 2;
  private static final int ALL = 10_000;

  private final ApiClient lookups;
  private final JobRequests calls;
  private final Terminal terminal;
  private final boolean ownStore;

  /**
   * @param api for jobs
   * @param lookups for the light calls of the admin API
   * @param terminal where the course of the jobs is shown
   * @param ownStore whether the own store is behind; in front of the small Synapse no job is
   *     cancelled in the middle, as it is over before
   */
  DemoJobs(ApiClient api, ApiClient lookups, Terminal terminal, boolean ownStore) {
    this.lookups = lookups;
    this.calls = new JobRequests(api);
    this.terminal = terminal;
    this.ownStore = ownStore;
  }

  /**
   * Runs all jobs and returns the problems in words; empty if all is well.
   *
   * @param inTheMiddle is done when all jobs are accepted
   */
  List<String> run(Runnable inTheMiddle) {
    long began = Clock.systemUTC().millis();
    List<String> users = spammers();
    List<String> taken = roomsTakenOver(users);
    List<String> rooms = taken.subList(0, Math.min(ROOMS_TO_DELETE, taken.size()));
    List<String> busiest = purged(taken);
    terminal
        .out()
        .printf(Locale.ROOT, "%d spammers, %d rooms to delete.%n%n", users.size(), rooms.size());
    DemoSteering steering = new DemoSteering(calls, terminal);
    String plan =
        steering.plan("deactivate-users", "user_id=@" + SPAMMER + "-*", node().put("erase", true));
    List<String> ids = new ArrayList<>();
    // The redactions come first: a redaction job fixes its events when it is accepted, and that
    // must be before rooms and accounts go.
    ids.add(
        ownStore
            ? steering.cancelAndRetry(request("redact-events", users, node()))
            : submit("redact-events", users, node()));
    ids.add(submit("delete-rooms", rooms, node().put("block", true).put("purge", true)));
    ids.add(
        submit(
            "purge-history",
            busiest,
            node().put("purge_up_to_ts", began).put("delete_local_events", true)));
    ids.add(submit("delete-media", users, node()));
    ids.add(steering.run(plan, REASON));
    inTheMiddle.run();
    List<JsonNode> ended =
        new JobWatch(calls).await(ids, JobRows.on(terminal.progress(), Clock.systemUTC()));
    return report(ended.stream().map(job -> ApiClient.as(JobReply.class, job)).toList());
  }

  private List<String> report(List<JobReply> jobs) {
    List<String> problems = new ArrayList<>();
    TextTable table =
        new TextTable("job", "kind", "status", "done", "failed", "skipped", "seconds", "verdict");
    for (JobReply job : jobs) {
      List<TargetReply> targets =
          JobRequests.as(TargetReply.class, calls.targets(job.jobId(), ALL));
      table.add(
          job.jobId(),
          job.kind(),
          job.status(),
          job.progress().done(),
          job.progress().failed(),
          job.progress().skipped(),
          seconds(job),
          verdicts(targets));
      problems.addAll(problems(job, targets));
    }
    terminal.out().println();
    table.lines().forEach(terminal.out()::println);
    terminal.out().println();
    return problems;
  }

  private static List<String> problems(JobReply job, List<TargetReply> targets) {
    List<String> problems = new ArrayList<>();
    JobErrorReply error = job.error();
    if (!job.status().equals("completed")) {
      problems.add(job.kind() + " " + job.status() + (error == null ? "" : ": " + error.error()));
    }
    if (job.progress().failed() > 0) {
      problems.add(job.kind() + ": " + job.progress().failed() + " items failed");
    }
    for (TargetReply target : targets) {
      if (!"gone".equals(target.verdict())) {
        problems.add(
            job.kind()
                + ": "
                + target.target()
                + " is "
                + verdict(target)
                + " "
                + target.leftOver());
      }
    }
    return problems;
  }

  private static String verdicts(List<TargetReply> targets) {
    return targets.stream()
        .collect(Collectors.groupingBy(DemoJobs::verdict, Collectors.counting()))
        .entrySet()
        .stream()
        .sorted(Map.Entry.comparingByKey())
        .map(entry -> entry.getValue() + " " + entry.getKey())
        .collect(Collectors.joining(", "));
  }

  private static String verdict(TargetReply target) {
    String verdict = target.verdict();
    if (target.failed()) {
      return "failed";
    }
    return verdict == null ? "not verified" : verdict;
  }

  private static String seconds(JobReply job) {
    Instant end = job.finalizedAt();
    return end == null
        ? "-"
        : String.format(
            Locale.ROOT, "%.1f", Duration.between(job.acceptedAt(), end).toMillis() / 1000.0);
  }

  private String submit(String kind, List<String> targets, ObjectNode parameters) {
    return calls.submit(request(kind, targets, parameters)).path("job_id").asText();
  }

  private static ObjectNode request(String kind, List<String> targets, ObjectNode parameters) {
    ObjectNode request = node().put("kind", kind).put("reason", REASON);
    targets.forEach(request.putArray("targets")::add);
    request.set("parameters", parameters);
    return request;
  }

  private List<String> spammers() {
    JsonNode answer =
        lookups.get(
            "/_synapse/admin/v2/users" + ApiClient.query(Map.of("name", SPAMMER, "limit", "100")));
    List<String> users =
        answer.path("users").valueStream().map(user -> user.path("name").asText()).toList();
    if (users.isEmpty()) {
      throw new CommandException(
          ExitCode.ENDED_BADLY, "the snapshot has no accounts called " + SPAMMER + "-NN");
    }
    return users;
  }

  /**
   * The rooms with spammers in them. Rooms with the fewest members come first, because nobody will
   * miss them.
   */
  private List<String> roomsTakenOver(List<String> users) {
    TreeSet<String> rooms = new TreeSet<>();
    for (String user : users) {
      lookups
          .get(ApiClient.path("/_synapse/admin/v1/users/{}/joined_rooms", user))
          .path("joined_rooms")
          .forEach(room -> rooms.add(room.asText()));
    }
    return rooms.stream()
        .sorted(Comparator.comparingLong(this::members).thenComparing(Comparator.naturalOrder()))
        .toList();
  }

  /**
   * The room whose history goes while its members stay: the one with the most members. On a Synapse
   * it is one without spammers, as Synapse cannot purge a room beside its own redactions there.
   */
  private List<String> purged(List<String> taken) {
    if (ownStore) {
      return taken.subList(Math.max(0, taken.size() - 1), taken.size());
    }
    return lookups
        .get("/_synapse/admin/v1/rooms" + ApiClient.query(Map.of("order_by", "joined_members")))
        .path("rooms")
        .valueStream()
        .map(room -> room.path("room_id").asText())
        .filter(room -> !taken.contains(room))
        .limit(1)
        .toList();
  }

  private long members(String room) {
    return lookups
        .get(ApiClient.path("/_synapse/admin/v1/rooms/{}", room))
        .path("joined_members")
        .asLong();
  }

  private static ObjectNode node() {
    return JsonNodeFactory.instance.objectNode();
  }
}
