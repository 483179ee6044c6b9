package dev.bailiff.gateway.client;

import static dev.bailiff.gateway.client.Answers.hasKeys;
import static dev.bailiff.gateway.client.Answers.ok;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Draupnir, a bot. It first asks whether it is an admin, and polls every twenty seconds. */
class DraupnirFlowsIT {
  @RegisterExtension static final ClientGateway gateway = ClientGateway.shared();

  private static final String ADMIN = "/_synapse/admin";
  private static final Set<String> AT_WORK = Set.of("active", "scheduled");

  private static HttpLibrary bot;
  private static PlayedWorker worker;

  @BeforeAll
  static void start() {
    bot = HttpLibrary.ofBot(gateway.port(), gateway.adminToken());
    worker = new PlayedWorker(gateway.jdbi());
  }

  @Test
  void botAsksWhetherItIsAnAdmin() {
    assertThat(ok(bot.get(ADMIN + "/v1/users/%40admin%3Achat.example/admin")).toString())
        .isEqualTo("{\"admin\":true}");
  }

  @Test
  void botWithoutTheFlagIsToldSo() {
    var mod = "{\"type\":\"m.login.password\",\"user\":\"mod1\",\"password\":\"pw-mod1\"}";
    var token = ok(bot.post("/_matrix/client/v3/login", mod)).path("access_token").asText();

    assertThat(
            HttpLibrary.ofBot(gateway.port(), token)
                .get(ADMIN + "/v1/users/%40mod1%3Achat.example/admin")
                .outcome())
        .isEqualTo("403 M_FORBIDDEN");
  }

  @Test
  void spammerIsRedactedToTheEndAndThenDeactivated() {
    var user = "%40crypto-gain-05%3Achat.example";
    var id =
        ok(bot.post(ADMIN + "/v1/user/" + user + "/redact", "{\"rooms\":[]}")).path("redact_id");
    var status = ADMIN + "/v1/user/redact_status/" + id.asText();

    assertThat(AT_WORK).contains(ok(bot.get(status)).path("status").asText());
    worker.rows().complete(PlayedWorker.job(id));
    assertThat(AT_WORK).doesNotContain(ok(bot.get(status)).path("status").asText());
    var reply =
        worker.answer(
            () -> bot.post(ADMIN + "/v1/deactivate/" + user, "{\"erase\":false}"),
            PlayedWorker::closeAccount);
    assertThat(reply.status()).isEqualTo(200);
  }

  @Test
  void redactionThatIsForgottenCountsAsFinished() {
    assertThat(bot.get(ADMIN + "/v1/user/redact_status/gone").outcome())
        .isEqualTo("404 M_NOT_FOUND");
  }

  @Test
  void userIsShadowBannedAndSuspendedAndBack() {
    var gus = "%40gus%3Achat.example";

    assertThat(bot.post(ADMIN + "/v1/users/" + gus + "/shadow_ban", "{}").body()).isEqualTo("{}");
    ok(bot.put(ADMIN + "/v1/suspend/" + gus, "{\"suspend\":true}"));
    var user = ok(bot.get(ADMIN + "/v2/users/" + gus));
    assertThat(user.path("suspended").booleanValue()).isTrue();
    assertThat(user.path("shadow_banned").booleanValue()).isTrue();
    ok(bot.put(ADMIN + "/v1/suspend/" + gus, "{\"suspend\":false}"));
    assertThat(bot.delete(ADMIN + "/v1/users/" + gus + "/shadow_ban", "{}").body()).isEqualTo("{}");
  }

  @Test
  void allRoomsAreWalkedInPages() {
    var rooms = new ArrayList<String>();
    JsonNode page;
    var from = "0";
    do {
      page = ok(bot.get(ADMIN + "/v1/rooms?limit=250&from=" + from));
      rooms.addAll(page.path("rooms").findValuesAsText("room_id"));
      from = page.path("next_batch").asText();
    } while (page.has("next_batch"));

    assertThat(rooms).hasSize(page.path("total_rooms").intValue()).doesNotHaveDuplicates();
  }

  @Test
  void roomIsLookedAtAndDeleted() {
    var room = "!ZepyKtbcLZNGKKnNbs%3Achat.example";
    hasKeys(
        ok(bot.get(ADMIN + "/v1/rooms/" + room)),
        List.of("name", "canonical_alias", "joined_members", "creator", "topic", "avatar"));
    assertThat(ok(bot.get(ADMIN + "/v1/rooms/" + room + "/block")).has("block")).isTrue();

    var answer =
        ok(
            bot.delete(
                ADMIN + "/v2/rooms/" + room,
                "{\"block\":true,\"purge\":true,\"message\":\"Closed\",\"new_room_user_id\":\"@admin:chat.example\"}"));

    worker.rows().complete(PlayedWorker.job(answer.path("delete_id")));
  }

  @Test
  void powerIsTakenOverInARoom() {
    var room = "!wO_r1wgeK8tGjsj7vVNGHl1cSSBSUaV5Aj4dzSSHlbY";

    assertThat(
            bot.post(
                    ADMIN + "/v1/rooms/" + room + "/make_room_admin",
                    "{\"user_id\":\"@admin:chat.example\"}")
                .body())
        .isEqualTo("{}");
  }

  @Test
  void reportsArePolledOldestFirstWithTheReportedEvent() {
    var reports = ok(bot.get(ADMIN + "/v1/event_reports?from=0&dir=f&limit=5"));

    assertThat(reports.path("next_token").intValue()).isEqualTo(5);
    for (JsonNode report : reports.path("event_reports")) {
      var context =
          bot.get(
              ADMIN
                  + "/v1/rooms/%s/context/%s?limit=1"
                      .formatted(
                          report.path("room_id").asText(), report.path("event_id").asText()));
      assertThat(ok(context).at("/event/event_id")).isEqualTo(report.path("event_id"));
      assertThat(ok(context).at("/event/sender")).isEqualTo(report.path("sender"));
    }
  }
}
