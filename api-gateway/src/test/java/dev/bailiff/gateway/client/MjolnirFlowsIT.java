package dev.bailiff.gateway.client;

import static dev.bailiff.gateway.client.Answers.hasKeys;
import static dev.bailiff.gateway.client.Answers.ok;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bailiff.job.JobId;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Mjolnir, a bot. It sends every id as it is, and waits for the end of room deletions. */
class MjolnirFlowsIT {
  @RegisterExtension static final ClientGateway gateway = ClientGateway.shared();

  private static final String ADMIN = "/_synapse/admin";
  private static final String ROOM = "!ZepyKtbcLZNGKKnNbs:chat.example";

  private static HttpLibrary bot;
  private static PlayedWorker worker;

  @BeforeAll
  static void start() {
    bot = HttpLibrary.ofBot(gateway.port(), gateway.adminToken());
    worker = new PlayedWorker(gateway.jdbi());
  }

  @Test
  void botAsksWhetherItIsAnAdmin() {
    assertThat(ok(bot.get(ADMIN + "/v1/users/@admin:chat.example/admin")).toString())
        .isEqualTo("{\"admin\":true}");
  }

  @Test
  void userIsDeactivatedWithoutABody() {
    var reply =
        worker.answer(
            () -> bot.post(ADMIN + "/v1/deactivate/@crypto-gain-06:chat.example", null),
            (rows, job) -> {
              assertThat(parameter(job, "erase")).isEqualTo("false");
              PlayedWorker.closeAccount(rows, job);
            });

    assertThat(reply.status()).isEqualTo(200);
  }

  @Test
  void roomIsShutDownWhileTheBotWaits() {
    var body =
        "{\"new_room_user_id\":\"@admin:chat.example\",\"block\":true,\"message\":\"Closed\",\"room_name\":\"Closed\"}";

    var reply =
        worker.answer(
            () -> bot.delete(ADMIN + "/v1/rooms/" + ROOM, body),
            (rows, job) -> {
              assertThat(parameter(job, "block")).isEqualTo("true");
              rows.activate(job);
              rows.fact(job, "new_room_id", "!new:chat.example");
              rows.complete(job);
            });

    assertThat(ok(reply).path("new_room_id").asText()).isEqualTo("!new:chat.example");
  }

  @Test
  void redactionIsDoneInTheNameOfTheBot() {
    var answer =
        ok(
            bot.post(
                ADMIN + "/v1/user/@crypto-gain-07:chat.example/redact",
                "{\"rooms\":[\"" + ROOM + "\"],\"limit\":1000,\"use_admin\":true}"));
    var job = PlayedWorker.job(answer.path("redact_id"));

    assertThat(parameter(job, "use_admin")).isEqualTo("true");
    assertThat(parameter(job, "limit")).isEqualTo("1000");
    worker.rows().complete(job);
  }

  @Test
  void userIsSuspendedAndLockedAndBack() {
    var ivo = "@ivo:chat.example";

    assertThat(ok(bot.put(ADMIN + "/v1/suspend/" + ivo, "{\"suspend\":true}")).toString())
        .isEqualTo("{\"user_@ivo:chat.example_suspended\":true}");
    ok(bot.put(ADMIN + "/v1/suspend/" + ivo, "{\"suspend\":false}"));
    assertThat(
            ok(bot.put(ADMIN + "/v2/users/" + ivo, "{\"locked\":true}"))
                .path("locked")
                .booleanValue())
        .isTrue();
    ok(bot.put(ADMIN + "/v2/users/" + ivo, "{\"locked\":false}"));
  }

  @Test
  void mediaAreQuarantined() {
    var user = "@jana:chat.example";
    var id = ok(bot.get(ADMIN + "/v1/users/" + user + "/media")).at("/media/0/media_id").asText();

    assertThat(bot.post(ADMIN + "/v1/media/quarantine/chat.example/" + id, "{}").body())
        .isEqualTo("{}");
    assertThat(
            ok(bot.post(ADMIN + "/v1/user/" + user + "/media/quarantine", "{}"))
                .has("num_quarantined"))
        .isTrue();
  }

  @Test
  void powerIsTakenOverInARoom() {
    var power = ADMIN + "/v1/rooms/!qljAIgIsavwpRwx8VL6aCiza5iHbSrYE5beLo8XSnlY/make_room_admin";

    assertThat(bot.post(power, "{\"user_id\":\"@admin:chat.example\"}").body()).isEqualTo("{}");
  }

  @Test
  void reportsArePolledFromWhereTheLastPollEnded() {
    var first = ok(bot.get(ADMIN + "/v1/event_reports?from=0&dir=f&limit=10"));
    var next =
        ok(
            bot.get(
                ADMIN
                    + "/v1/event_reports?from="
                    + first.path("next_token").asText()
                    + "&dir=f&limit=10"));

    assertThat(first.path("event_reports")).hasSize(10);
    assertThat(next.path("event_reports")).isNotEmpty();
    JsonNode report = first.path("event_reports").path(0);
    hasKeys(report, List.of("room_id", "event_id", "sender", "reason", "user_id"));
    assertThat(
            ok(bot.get(
                    ADMIN
                        + "/v1/rooms/%s/context/%s?limit=1"
                            .formatted(
                                report.path("room_id").asText(), report.path("event_id").asText())))
                .path("event")
                .path("content")
                .isObject())
        .isTrue();
  }

  private static String parameter(JobId job, String name) {
    UUID id = job.value();
    return gateway
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .select("select parameters ->> ? from jobs.job where job_id = ?", name, id)
                    .mapTo(String.class)
                    .one());
  }
}
