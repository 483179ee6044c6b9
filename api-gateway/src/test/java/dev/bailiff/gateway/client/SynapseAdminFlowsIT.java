package dev.bailiff.gateway.client;

import static dev.bailiff.gateway.client.Answers.hasKeys;
import static dev.bailiff.gateway.client.Answers.ok;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bailiff.gateway.Reply;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The users' side of {@code synapse-admin} 0.11, a page in a browser: parameters in alphabetical
 * order, user ids encoded and room ids not, whole records as bodies, bulk actions all at once.
 */
class SynapseAdminFlowsIT {
  @RegisterExtension static final ClientGateway gateway = ClientGateway.shared();

  private static final String ADMIN = "/_synapse/admin";
  private static final String PAGE = "?dir=f&from=0&limit=50&order_by=";
  private static final String LOGIN =
      "{\"device_id\":null,\"initial_device_display_name\":\"Synapse"
          + " Admin\",\"type\":\"m.login.password\","
          + "\"user\":\"admin\",\"password\":\"%s\",\"identifier\":{\"type\":\"m.id.user\",\"user\":\"admin\"}}";

  private static Browser page;
  private static PlayedWorker worker;

  @BeforeAll
  static void logIn() {
    page = new Browser(gateway.port(), gateway.adminToken());
    worker = new PlayedWorker(gateway.jdbi());
  }

  private static String newUser(String name) {
    var body = "{\"id\":\"%s\",\"password\":\"pw\",\"user_type\":null}".formatted(name);
    var reply = page.put(ADMIN + "/v2/users/@" + name + ":chat.example", body);
    assertThat(reply.status()).as(reply.body()).isEqualTo(201);
    return "%40" + name + "%3Achat.example";
  }

  @Test
  void loginPageProbesTheServerAndLogsIn() {
    var login = new Browser(gateway.port(), null);

    assertThat(ok(login.get("/.well-known/matrix/client")).at("/m.homeserver/base_url").asText())
        .isEqualTo("https://matrix.chat.example");
    assertThat(ok(login.get(ADMIN + "/v1/server_version")).path("server_version").isTextual())
        .isTrue();
    assertThat(ok(login.get("/_matrix/client/versions")).path("versions").isArray()).isTrue();
    assertThat(ok(login.get("/_matrix/client/r0/login")).path("flows").findValuesAsText("type"))
        .contains("m.login.password")
        .doesNotContain("m.login.sso");
    var session = ok(login.post("/_matrix/client/r0/login", LOGIN.formatted("adminpw")));
    assertThat(session.path("home_server").asText()).isEqualTo("chat.example");
    assertThat(session.path("user_id").asText()).isEqualTo("@admin:chat.example");
    hasKeys(session, List.of("access_token", "device_id"));
    var afterSso =
        "{\"device_id\":null,\"initial_device_display_name\":\"Synapse"
            + " Admin\",\"type\":\"m.login.token\",\"token\":\"x\"}";
    for (var refused : List.of(LOGIN.formatted("x"), afterSso)) {
      assertThat(login.post("/_matrix/client/r0/login", refused).outcome())
          .isEqualTo("403 M_FORBIDDEN");
    }
  }

  @Test
  void logoutEndsTheSessionWhichThePageCanRead() {
    var session =
        ok(
            new Browser(gateway.port(), null)
                .post("/_matrix/client/r0/login", LOGIN.formatted("adminpw")));
    var own = new Browser(gateway.port(), session.path("access_token").asText());

    assertThat(own.post("/_matrix/client/r0/logout", null).body()).isEqualTo("{}");
    assertThat(own.get(ADMIN + "/v2/users?dir=f&from=0&limit=10&order_by=name").outcome())
        .isEqualTo("401 M_UNKNOWN_TOKEN");
  }

  @Test
  void usersAreListedAndLookedUpAllAtOnce() {
    var list =
        ok(
            page.get(
                ADMIN
                    + "/v2/users?deactivated=false&dir=b&from=0&guests=true&limit=1000&locked=false&name=gain&order_by=displayname"));
    assertThat(list.path("total").intValue()).isEqualTo(24);
    hasKeys(
        list.path("users").path(0),
        List.of("name", "avatar_url", "is_guest", "admin", "deactivated", "creation_ts", "locked"));

    var users =
        atOnce(
            list.path("users").findValuesAsText("name").stream()
                .<Supplier<Reply>>map(
                    name ->
                        () ->
                            page.get(
                                ADMIN
                                    + "/v2/users/"
                                    + name.replace("@", "%40").replace(":", "%3A")))
                .toList());

    assertThat(users).hasSize(24).allSatisfy(user -> assertThat(user.status()).isEqualTo(200));
  }

  /**
   * The record as the form sends it: every value that was read, and those that the page computed.
   */
  @Test
  void userIsSavedAsTheWholeRecordAndKeepsWhatWasNotEdited() {
    var path = ADMIN + "/v2/users/%40bela%3Achat.example";
    var before = (ObjectNode) ok(page.get(path));
    var record = before.deepCopy();
    record.put("id", "@bela:chat.example");
    record.put("creation_ts_ms", record.path("creation_ts").longValue() * 1000);
    Stream.of("appservice_id", "consent_server_notice_sent", "consent_version", "consent_ts")
        .forEach(record::remove);
    record.put("displayname", "Bela of the flow");

    var after = (ObjectNode) ok(page.put(path, record.toString()));

    assertThat(after.path("displayname").asText()).isEqualTo("Bela of the flow");
    before.remove(List.of("displayname", "last_seen_ts"));
    after.remove(List.of("displayname", "last_seen_ts"));
    assertThat(after).as("times of the addresses too").isEqualTo(before);
  }

  @Test
  void tabsOfAUserAreFilled() {
    var ada = "%40ada%3Achat.example";

    assertThat(ok(page.get(ADMIN + "/v1/whois/" + ada)).at("/devices//sessions/0/connections"))
        .isNotEmpty();
    var devices = ok(page.get(ADMIN + "/v2/users/" + ada + "/devices" + PAGE + "device_id"));
    assertThat(devices.path("devices")).hasSize(devices.path("total").intValue());
    var pushers = ok(page.get(ADMIN + "/v1/users/" + ada + "/pushers" + PAGE + "kind"));
    assertThat(pushers.path("pushers")).hasSize(pushers.path("total").intValue());
    hasKeys(pushers.at("/pushers/0/data"), List.of("url", "format"));
    var rooms = ok(page.get(ADMIN + "/v1/users/" + ada + "/joined_rooms" + PAGE + "id"));
    assertThat(rooms.path("joined_rooms")).hasSize(rooms.path("total").intValue());
    var media =
        ok(
            page.get(
                ADMIN + "/v1/users/" + ada + "/media?dir=b&from=0&limit=50&order_by=created_ts"));
    assertThat(media.path("media")).hasSize(8);
  }

  @Test
  void deviceIsDeletedByItsIdAsItIs() {
    var id = newUser("a-device");
    var login =
        ok(
            new Browser(gateway.port(), null)
                .post(
                    "/_matrix/client/r0/login",
                    "{\"type\":\"m.login.password\",\"user\":\"a-device\",\"password\":\"pw\",\"device_id\":\"A:B!\"}"));

    assertThat(login.path("device_id").asText()).isEqualTo("A:B!");
    assertThat(page.delete(ADMIN + "/v2/users/" + id + "/devices/A:B!", null).body())
        .isEqualTo("{}");
    assertThat(
            ok(page.get(ADMIN + "/v2/users/" + id + "/devices" + PAGE + "device_id"))
                .path("total")
                .intValue())
        .isZero();
  }

  @Test
  void severalUsersAreErasedAllAtOnce() {
    var calls =
        Stream.of("a-erased-1", "a-erased-2", "a-erased-3")
            .map(SynapseAdminFlowsIT::newUser)
            .<Supplier<Reply>>map(
                id -> () -> page.post(ADMIN + "/v1/deactivate/" + id, "{\"erase\":true}"))
            .toList();

    assertThat(worker.answerAll(calls, PlayedWorker::closeAccount))
        .allSatisfy(
            reply ->
                assertThat(ok(reply).path("id_server_unbind_result").asText())
                    .isEqualTo("success"));
  }

  /** The page's bulk actions send all requests at once. */
  static List<Reply> atOnce(List<Supplier<Reply>> calls) {
    return calls.stream().map(CompletableFuture::supplyAsync).toList().stream()
        .map(CompletableFuture::join)
        .toList();
  }
}
