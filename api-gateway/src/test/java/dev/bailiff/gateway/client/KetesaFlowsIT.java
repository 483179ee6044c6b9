package dev.bailiff.gateway.client;

import static dev.bailiff.gateway.client.Answers.UNRECOGNIZED;
import static dev.bailiff.gateway.client.Answers.hasKeys;
import static dev.bailiff.gateway.client.Answers.ok;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bailiff.gateway.Reply;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The users' side of Ketesa 1.3, a page in a browser: parameters in the order of its code, the
 * paths of today's client API, and redactions polled until they are {@code complete}.
 */
class KetesaFlowsIT {
  @RegisterExtension static final ClientGateway gateway = ClientGateway.shared();

  private static final String ADMIN = "/_synapse/admin";
  private static final String PAGE = "?from=0&limit=50&order_by=%s&dir=f";

  private static Browser page;
  private static PlayedWorker worker;

  @BeforeAll
  static void logIn() {
    page = new Browser(gateway.port(), gateway.adminToken());
    worker = new PlayedWorker(gateway.jdbi());
  }

  private static String newUser(String name) {
    var id = "%40" + name + "%3Achat.example";
    var body = "{\"id\":\"@%s:chat.example\",\"password\":\"pw\"}".formatted(name);
    assertThat(page.put(ADMIN + "/v2/users/" + id, body).status()).isEqualTo(201);
    return id;
  }

  @Test
  void loginPageProbesTheServerAndLogsIn() {
    var login = new Browser(gateway.port(), null);
    var credentials =
        "{\"device_id\":null,\"initial_device_display_name\":\"Ketesa\",\"type\":\"m.login.password\","
            + "\"identifier\":{\"type\":\"m.id.user\",\"user\":\"@admin:chat.example\"},\"password\":\"adminpw\"}";

    assertThat(ok(login.get("/.well-known/matrix/client")).at("/m.homeserver/base_url").asText())
        .isEqualTo("https://matrix.chat.example");
    ok(login.get(ADMIN + "/v1/server_version"));
    ok(login.get("/_matrix/client/versions"));
    assertThat(ok(login.get("/_matrix/client/v3/login")).path("flows").findValuesAsText("type"))
        .contains("m.login.password");
    assertThat(
            List.of(
                login.get("/_matrix/client/v1/auth_metadata").outcome(),
                login.get("/_matrix/client/unstable/org.matrix.msc2965/auth_metadata").outcome()))
        .as("no other service to log in at")
        .containsOnly(UNRECOGNIZED);
    var session = ok(login.post("/_matrix/client/v3/login", credentials));
    var own = new Browser(gateway.port(), session.path("access_token").asText());
    assertThat(ok(own.get("/_matrix/client/v3/account/whoami")).path("device_id"))
        .isEqualTo(session.path("device_id"));
    assertThat(own.post("/_matrix/client/v3/logout", null).body()).isEqualTo("{}");
    assertThat(own.get("/_matrix/client/v3/account/whoami").outcome())
        .isEqualTo("401 M_UNKNOWN_TOKEN");
  }

  @Test
  void usersAreListedByTheNewerPath() {
    var users =
        ok(
            page.get(
                ADMIN
                    + "/v3/users?from=0&limit=10&name=gain&guests=true&deactivated=false&locked=false&suspended=false"
                    + "&shadow_banned=false&order_by=creation_ts&dir=b"));

    assertThat(users.path("total").intValue()).isEqualTo(24);
    assertThat(users.path("next_token").asText()).isEqualTo("10");
    assertThat(
            ok(page.get(
                    ADMIN
                        + "/v3/users?from=0&limit=10&user_id=ada&admins=false&order_by=name&dir=f"))
                .path("users")
                .findValuesAsText("name"))
        .contains("@ada:chat.example");
  }

  @Test
  void userIsSavedAsTheWholeRecord() {
    var path = ADMIN + "/v2/users/%40cora%3Achat.example";
    var record = (ObjectNode) ok(page.get(path));
    Stream.of("appservice_id", "consent_server_notice_sent", "consent_version", "consent_ts")
        .forEach(record::remove);
    record
        .put("id", "@cora:chat.example")
        .put("creation_ts_ms", 1L)
        .put("displayname", "Cora of the flow");
    record.putNull("user_type");

    var saved = ok(page.put(path, record.toString()));

    assertThat(saved.path("displayname").asText()).isEqualTo("Cora of the flow");
    assertThat(saved.path("threepids")).isEqualTo(record.path("threepids"));
  }

  @Test
  void tabsOfAUserAreFilled() {
    var hana = ADMIN + "/v1/users/%40hana%3Achat.example";

    ok(page.get(ADMIN + "/v1/whois/%40hana%3Achat.example"));
    assertThat(
            ok(page.get(hana + "/memberships" + PAGE.formatted("membership")))
                .path("memberships")
                .isObject())
        .isTrue();
    ok(page.get(hana + "/joined_rooms" + PAGE.formatted("id")));
    ok(page.get(hana + "/pushers" + PAGE.formatted("kind")));
    assertThat(ok(page.get(hana + "/media" + PAGE.formatted("created_ts"))).path("media"))
        .hasSize(6);
    hasKeys(ok(page.get(hana + "/accountdata")).path("account_data"), List.of("global", "rooms"));
    assertThat(ok(page.get(hana + "/sent_invite_count?from_ts=0")).path("invite_count").isInt())
        .isTrue();
    assertThat(
            ok(page.get(hana + "/cumulative_joined_room_count?from_ts=0"))
                .path("cumulative_joined_room_count")
                .intValue())
        .isPositive();
  }

  @Test
  void rateLimitsAreReadSetAndTakenAway() {
    var limits = ADMIN + "/v1/users/" + newUser("k-limited") + "/override_ratelimit";

    assertThat(ok(page.get(limits)).toString()).isEqualTo("{}");
    assertThat(ok(page.post(limits, "{\"messages_per_second\":5,\"burst_count\":10}")).toString())
        .isEqualTo("{\"messages_per_second\":5,\"burst_count\":10}");
    assertThat(page.delete(limits, null).body()).isEqualTo("{}");
  }

  @Test
  void switchesOfAUserTakeEffect() {
    var id = newUser("k-switched");
    var shadow = ADMIN + "/v1/users/" + id + "/shadow_ban";

    assertThat(ok(page.put(ADMIN + "/v1/suspend/" + id, "{\"suspend\":true}")).toString())
        .isEqualTo("{\"user_@k-switched:chat.example_suspended\":true}");
    assertThat(page.post(shadow, null).body()).isEqualTo("{}");
    var user = ok(page.get(ADMIN + "/v2/users/" + id));
    assertThat(user.path("suspended").booleanValue()).isTrue();
    assertThat(user.path("shadow_banned").booleanValue()).isTrue();
    assertThat(page.delete(shadow, null).body()).isEqualTo("{}");
    assertThat(
            page.post(
                    ADMIN + "/v1/reset_password/" + id,
                    "{\"new_password\":\"other\",\"logout_devices\":true}")
                .body())
        .isEqualTo("{}");
    assertThat(
            page.post(
                    ADMIN + "/v1/users/" + id + "/_allow_cross_signing_replacement_without_uia",
                    "{}")
                .outcome())
        .as("no keys yet")
        .isEqualTo("404 M_NOT_FOUND");
    ok(page.post(ADMIN + "/v1/users/" + id + "/login", "{\"valid_until_ms\":4102444800000}"));
  }

  @Test
  void devicesAreMadeNamedAndDeleted() {
    var devices = ADMIN + "/v2/users/" + newUser("k-devices") + "/devices";

    assertThat(page.post(devices, "{\"device_id\":\"ONE\"}").status()).isEqualTo(201);
    assertThat(page.post(devices, "{\"device_id\":\"TWO\"}").status()).isEqualTo(201);
    assertThat(page.put(devices + "/ONE", "{\"display_name\":\"First\"}").body()).isEqualTo("{}");
    var list = ok(page.get(devices + PAGE.formatted("device_id")));
    assertThat(list.path("devices").findValuesAsText("display_name")).containsExactly("First");
    assertThat(
            page.post(devices.replace("/devices", "/delete_devices"), "{\"devices\":[\"ONE\"]}")
                .body())
        .isEqualTo("{}");
    assertThat(page.delete(devices + "/TWO", null).body()).isEqualTo("{}");
    assertThat(ok(page.get(devices + PAGE.formatted("device_id"))).path("total").intValue())
        .isZero();
  }

  @Test
  void usersAreLookedUpBeforeOneIsMade() {
    assertThat(ok(page.get(ADMIN + "/v1/username_available?username=k-free")).toString())
        .isEqualTo("{\"available\":true}");
    assertThat(page.get(ADMIN + "/v1/username_available?username=ada").outcome())
        .isEqualTo("400 M_USER_IN_USE");
    assertThat(ok(page.get(ADMIN + "/v1/threepid/email/users/ada%40mail.example")).toString())
        .isEqualTo("{\"user_id\":\"@ada:chat.example\"}");
    assertThat(ok(page.get(ADMIN + "/v1/auth_providers/oidc-corp/users/gus-1006")).toString())
        .isEqualTo("{\"user_id\":\"@gus:chat.example\"}");
  }

  /** Ketesa's calls against a spammer: redact, poll every three seconds, then deactivate. */
  @Test
  void redactionsArePolledToTheirEndAndThenTheUsersAreErased() {
    var users = List.of("%40crypto-gain-03%3Achat.example", "%40crypto-gain-04%3Achat.example");
    var ids =
        users.stream()
            .map(id -> ok(page.post(ADMIN + "/v1/user/" + id + "/redact", "{\"rooms\":[]}")))
            .map(answer -> answer.path("redact_id"))
            .toList();

    for (JsonNode id : ids) {
      var status = ADMIN + "/v1/user/redact_status/" + id.asText();
      assertThat(ok(page.get(status)).path("status").asText()).isEqualTo("scheduled");
      worker.rows().activate(PlayedWorker.job(id));
      assertThat(ok(page.get(status)).path("status").asText()).isEqualTo("active");
      worker.rows().failure(PlayedWorker.job(id), "$event", "no power");
      worker.rows().complete(PlayedWorker.job(id));
      var end = ok(page.get(status));
      assertThat(end.path("status").asText()).isEqualTo("complete");
      assertThat(end.path("failed_redactions").isObject()).isTrue();
      assertThat(end.path("failed_redactions")).hasSize(1);
    }
    var calls =
        users.stream()
            .<Supplier<Reply>>map(
                id -> () -> page.post(ADMIN + "/v1/deactivate/" + id, "{\"erase\":true}"))
            .toList();
    assertThat(worker.answerAll(calls, PlayedWorker::closeAccount))
        .allSatisfy(reply -> assertThat(ok(reply).has("id_server_unbind_result")).isTrue());
  }

  /** For an account that the authentication service does not know. */
  @Test
  void userIsDeactivatedByTheRecordToo() {
    var path = ADMIN + "/v2/users/" + newUser("k-unknown-to-mas");

    var reply =
        worker.answer(() -> page.put(path, "{\"deactivated\":true}"), PlayedWorker::closeAccount);

    assertThat(ok(reply).path("name").asText()).isEqualTo("@k-unknown-to-mas:chat.example");
  }

  @Test
  void reportsOfUsersAreListed() {
    var reports =
        ADMIN + "/v1/user_reports?from=0&limit=10&order_by=received_ts&dir=b&target_user_id=nobody";

    assertThat(ok(page.get(reports)).toString()).isEqualTo("{\"user_reports\":[],\"total\":0}");
    assertThat(page.get(ADMIN + "/v1/user_reports/1").outcome()).isEqualTo("404 M_NOT_FOUND");
  }

  @Test
  void whatIsNotServedCanBeReadByThePage() {
    var ada = "%40ada%3Achat.example";
    var config =
        "/_matrix/client/v3/user/@admin:chat.example/account_data/io.element.synapse.admin_client_config";

    assertThat(
            List.of(
                page.get(
                        "/_matrix/client/v3/login/sso/redirect?redirectUrl=https%3A%2F%2Fa.example")
                    .outcome(),
                page.get(ADMIN + "/v1/experimental_features/" + ada).outcome(),
                page.put(
                        ADMIN + "/v1/experimental_features/" + ada,
                        "{\"features\":{\"msc3881\":true}}")
                    .outcome(),
                page.post(
                        ADMIN + "/v1/account_validity/validity",
                        "{\"user_id\":\"@ada:chat.example\",\"enable_renewal_emails\":true}")
                    .outcome(),
                page.post(
                        ADMIN + "/v1/send_server_notice",
                        "{\"user_id\":\"@ada:chat.example\",\"content\":{\"msgtype\":\"m.text\",\"body\":\"a\"}}")
                    .outcome(),
                page.get("/_matrix/client/v3/profile/@admin:chat.example").outcome(),
                page.get(config).outcome(),
                page.put(config, "{\"return_soft_failed_events\":true}").outcome()))
        .containsOnly(UNRECOGNIZED);
  }
}
