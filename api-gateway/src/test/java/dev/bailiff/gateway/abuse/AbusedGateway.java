package dev.bailiff.gateway.abuse;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bailiff.gateway.Client;
import dev.bailiff.gateway.Reply;
import dev.bailiff.gateway.RunningGateway;
import dev.bailiff.homeserver.store.session.Connections;
import dev.bailiff.secret.Sha256;
import dev.bailiff.testing.homeserver.Community;
import io.dropwizard.testing.ConfigOverride;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.slf4j.LoggerFactory;

/** A gateway on the community's data, and the checks of its replies and changes. */
final class AbusedGateway {
  private static final String TOKEN = "abusive-admin";

  private static final String FILL =
      """
      insert into homeserver.registration_token (token) values ('welcome');
      insert into homeserver.destination (destination, retry_last_at, retry_interval, failure_at)
        values ('away.example', 1, 2, 3);
      insert into homeserver.destination_room values ('away.example', '!a:away.example', 1);
      insert into homeserver.remote_media (origin, media_id, created_at) values ('away.example', 'remotemedium', 1);
      insert into homeserver.user_report values (1, 1, '@a:chat.example', '@b:chat.example', 'spam');
      """;

  /** Some requests succeed and log the admin out, or do worse. */
  private static final String RESTORE =
      """
      with token as (
        insert into homeserver.access_token (token_sha256, user_id) values (?, ?) on conflict do nothing)
      update homeserver.account set admin = true, deactivated = false, locked = false
      where user_id = ? and (not admin or deactivated or locked)
      """;

  /** Text that would reveal our internals. */
  private static final Pattern INSIDES =
      Pattern.compile(
          "Exception|\\bat"
              + " [a-z]+\\.|\\bjava\\.|\\borg\\.|dev\\.bailiff|SQL|jdbc|homeserver\\.|jobs\\.|relation|Jetty|Jersey|<html");

  private final RunningGateway running;
  private final ChangeLog changes;
  private final KnownIds ids;

  private AbusedGateway(RunningGateway running) throws SQLException {
    this.running = running;
    running.jdbi().useHandle(handle -> handle.createScript(FILL).execute());
    // Otherwise the gateway's own upkeep does this while changes are noted, once the snapshot is
    // old enough.
    new Connections(running.jdbi()).forgetOld();
    this.changes = ChangeLog.of(running.jdbi());
    restore();
    submitJobs();
    this.ids = new KnownIds(running.jdbi());
  }

  static AbusedGateway start(Class<?> user) throws Exception {
    var running =
        RunningGateway.onCommunity(
            ConfigOverride.config("limits.loginBurst", "1000000"),
            ConfigOverride.config("wait.duration", "1ms"),
            ConfigOverride.config("follow.longest", "1ms"),
            ConfigOverride.config("wait.longest", "1ms"));
    running.start(user);
    // Thousands of lines that nobody reads.
    ((Logger) LoggerFactory.getLogger("dev.bailiff.gateway.access")).setLevel(Level.WARN);
    return new AbusedGateway(running);
  }

  void stop() {
    running.close();
  }

  KnownIds ids() {
    return ids;
  }

  /** The faults of the answer to an attempt, or of its effect; empty if there is no fault. */
  List<String> problems(Attempt attempt) {
    Reply reply;
    try {
      reply = attempt.send(new Client(running.port(), TOKEN));
    } catch (RuntimeException e) {
      return List.of("no reply: " + e);
    } catch (AssertionError e) {
      restore();
      return List.of("not as documented: " + e.getMessage());
    }
    var problems = new ArrayList<String>();
    if (reply.status() >= 500) {
      problems.add("status " + reply.status());
    }
    if (reply.status() >= 400) {
      problems.addAll(problemsOfRefusal(attempt, reply));
    } else {
      restore();
    }
    return problems;
  }

  private List<String> problemsOfRefusal(Attempt attempt, Reply reply) {
    var problems = new ArrayList<String>();
    if (!attempt.method().equals("HEAD") && !isError(reply)) {
      problems.add("no error body: " + reply.body());
    }
    if (INSIDES.matcher(withoutEcho(attempt, reply)).find()) {
      problems.add("tells of our insides: " + reply.body());
    }
    var changed = new ArrayList<>(changes.changes());
    if (reply.body().contains("User must be our own")) {
      // This call blocks the room first and checks the user then, by the specification (admin-api
      // 4.37).
      changed.remove("blocked_room INSERT");
    }
    if (!changed.isEmpty()) {
      problems.add("refused with " + reply.outcome() + ", and yet changed: " + changed);
    }
    return problems;
  }

  /** The reply without the ids of the request: a random one may look like our insides. */
  private static String withoutEcho(Attempt attempt, Reply reply) {
    if (!isError(reply)) {
      return reply.body();
    }
    var error = reply.json().path("error").asText();
    for (var segment : attempt.target().split("[/?]")) {
      error = segment.length() < 20 ? error : error.replace(decoded(segment), "");
    }
    return ((ObjectNode) reply.json()).put("error", error).toString();
  }

  private static String decoded(String segment) {
    try {
      return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return segment; // Odd paths are not always encoded.
    }
  }

  private static boolean isError(Reply reply) {
    try {
      return reply.json().path("errcode").isTextual()
          && reply.json().path("error").isTextual()
          && "application/json".equals(reply.headers().get("Content-Type"));
    } catch (IllegalStateException e) {
      return false;
    }
  }

  private void restore() {
    var admin = Community.user("admin");
    running.jdbi().useHandle(handle -> handle.execute(RESTORE, Sha256.of(TOKEN), admin, admin));
    changes.changes();
  }

  private void submitJobs() {
    var client = new Client(running.port(), TOKEN);
    List.of(
            "{\"kind\":\"redact-events\",\"targets\":[\"@early:chat.example\"]}",
            "{\"kind\":\"delete-rooms\",\"targets\":[\"!early:chat.example\"]}",
            "{\"kind\":\"purge-history\",\"targets\":[\"!late:chat.example\"],\"parameters\":{\"purge_up_to_depth\":1}}")
        .forEach(body -> client.post("/_bailiff/v1/jobs", body));
  }
}
