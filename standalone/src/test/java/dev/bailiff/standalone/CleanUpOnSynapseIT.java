package dev.bailiff.standalone;

import static dev.bailiff.testing.synapse.SynapseHttp.path;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bailiff.schemas.api.TargetReply;
import dev.bailiff.standalone.client.JobRequests;
import dev.bailiff.testing.process.ChildProcess;
import dev.bailiff.testing.synapse.SynapseHttp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The spam wave of the sample community on a real Synapse, cleaned up by {@code clean-up-users} in
 * front of it. All that the job says is checked by asking Synapse.
 */
@Tag("synapse")
class CleanUpOnSynapseIT {
  private static final Duration LIMIT = Duration.ofMinutes(8);

  /** Beside a Synapse that has just started, on a busy machine. */
  private static final Duration START_LIMIT = Duration.ofMinutes(4);

  private static final String BYSTANDER = "@ada:chat.example";
  private static final Set<String> REDACTED_TYPES =
      Set.of("m.room.message", "m.room.encrypted", "m.room.member");

  private static final List<String> SPAMMERS =
      IntStream.range(0, 24).mapToObj("@crypto-gain-%02d:chat.example"::formatted).toList();

  @TempDir Path folder;

  private SynapseHttp http;

  @Test
  void spamAccountsAreSuspendedRedactedEmptiedClosedAndErased() throws IOException, SQLException {
    var bailiff = new RunningBailiff(Files.createDirectory(folder.resolve("bailiff")));
    try (var synapse = new CommunitySynapse(Files.createDirectory(folder.resolve("live")));
        var up = up(bailiff, synapse)) {
      http = synapse.http();
      up.awaitLine("ready http://127.0.0.1:", START_LIMIT);
      assertThat(unredacted(SPAMMERS)).as("the wave is there").isGreaterThan(2000);
      assertThat(SPAMMERS.stream().mapToLong(this::media).sum()).isGreaterThan(100);
      long bystander = unredacted(List.of(BYSTANDER));

      cleanUp(bailiff);

      assertThat(targets(bailiff))
          .hasSize(SPAMMERS.size())
          .allSatisfy(
              target ->
                  assertThat(target.verdict())
                      .as("%s %s", target.target(), target.leftOver())
                      .isEqualTo("gone"));
      assertThat(SPAMMERS).allSatisfy(this::assertNothingIsLeft);
      assertThat(unredacted(SPAMMERS)).as("in no room, also of those they left").isZero();
      assertThat(account(BYSTANDER).path("deactivated").asBoolean()).isFalse();
      assertThat(account(BYSTANDER).path("suspended").asBoolean()).isFalse();
      assertThat(unredacted(List.of(BYSTANDER))).isEqualTo(bystander).isPositive();
    }
  }

  private static ChildProcess up(RunningBailiff bailiff, CommunitySynapse synapse) {
    return bailiff.run(
        "up",
        "--synapse",
        synapse.url(),
        "--admin-token-file",
        synapse.adminToken(),
        "--appservice-token-file",
        synapse.serviceToken(),
        "--port",
        0,
        "--workers",
        2,
        "--approvals",
        "off");
  }

  private static void cleanUp(RunningBailiff bailiff) {
    var command =
        Stream.of(
                Stream.of("submit", "clean-up-users"),
                Stream.of("--filter", "user_id=@crypto-gain-*", "--yes=" + SPAMMERS.size()),
                Stream.of("--param", "erase=true", "--param", "reason=spam"),
                Stream.of("--reason", "spam wave of November", "--pace", "fast", "--watch"))
            .flatMap(words -> words)
            .toArray();
    try (var submit = bailiff.run(command)) {
      assertThat(submit.awaitExit(LIMIT))
          .as(submit.standardOutput() + submit.standardError())
          .isEqualTo(ExitCode.DONE);
    }
  }

  private static List<TargetReply> targets(RunningBailiff bailiff) {
    var job = bailiff.client().get("/_bailiff/v1/jobs").at("/jobs/0/job_id").asText();
    return JobRequests.as(TargetReply.class, bailiff.calls().targets(job, 100));
  }

  private void assertNothingIsLeft(String user) {
    var account = account(user);
    assertThat(account.path("suspended").asBoolean()).as("%s suspended", user).isTrue();
    assertThat(account.path("deactivated").asBoolean()).as("%s deactivated", user).isTrue();
    assertThat(account.path("erased").asBoolean()).as("%s erased", user).isTrue();
    assertThat(account.hasNonNull("displayname")).as("%s name", user).isFalse();
    assertThat(media(user)).as("%s media", user).isZero();
    assertThat(ok("/_synapse/admin/v1/users/{}/joined_rooms", user).path("total").asLong())
        .as("%s rooms", user)
        .isZero();
    assertThat(ok("/_synapse/admin/v2/users/{}/devices", user).path("total").asLong())
        .as("%s devices", user)
        .isZero();
  }

  private JsonNode account(String user) {
    return ok("/_synapse/admin/v2/users/{}", user);
  }

  private long media(String user) {
    return ok("/_synapse/admin/v1/users/{}/media", user).path("total").asLong();
  }

  /** Events that a redaction covers and that have their content, in all rooms of the server. */
  private long unredacted(List<String> senders) {
    long open = 0;
    for (var room : ok("/_synapse/admin/v1/rooms?limit=1000").path("rooms")) {
      open += unredacted(room.path("room_id").asText(), senders);
    }
    return open;
  }

  private long unredacted(String room, List<String> senders) {
    long open = 0;
    var from = "";
    while (true) {
      var page = ok("/_synapse/admin/v1/rooms/{}/messages?dir=f&limit=1000" + from, room);
      for (var event : page.path("chunk")) {
        open += senders.contains(event.path("sender").asText()) && isOpen(event) ? 1 : 0;
      }
      if (!page.hasNonNull("end") || page.path("chunk").isEmpty()) {
        return open;
      }
      from = "&from=" + page.path("end").asText();
    }
  }

  private static boolean isOpen(JsonNode event) {
    var type = event.path("type").asText();
    boolean join = event.at("/content/membership").asText("join").equals("join");
    return REDACTED_TYPES.contains(type) && join && !event.path("unsigned").has("redacted_because");
  }

  private JsonNode ok(String template, String... ids) {
    return http.admin(path(template, ids)).ok();
  }
}
