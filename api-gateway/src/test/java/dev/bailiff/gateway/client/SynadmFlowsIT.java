package dev.bailiff.gateway.client;

import static dev.bailiff.gateway.client.Answers.UNRECOGNIZED;
import static dev.bailiff.gateway.client.Answers.hasKeys;
import static dev.bailiff.gateway.client.Answers.ok;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The users' side of {@code synadm} 0.47, a command line tool: one request at a time, everything in
 * a path encoded, JSON as Python writes it. The tool shows the JSON of every answer.
 */
class SynadmFlowsIT {
  @RegisterExtension static final ClientGateway gateway = ClientGateway.shared();

  private static final String ADMIN = "/_synapse/admin";
  private static final String R0 = "/_matrix/client/r0";
  private static final String ALL = "from=0&limit=100&";

  private static String token;
  private static HttpLibrary synadm;

  @BeforeAll
  static void configure() {
    token = gateway.adminToken();
    synadm = HttpLibrary.ofPython(gateway.port(), token);
  }

  /** {@code synadm user modify NAME --password pw}; returns the id as it stands in a path. */
  private static String newUser(String name) {
    var id = "%40" + name + "%3Achat.example";
    var path = ADMIN + "/v2/users/" + id;
    assertThat(synadm.get(path).outcome()).isEqualTo("404 M_NOT_FOUND");
    assertThat(synadm.put(path, "{\"password\": \"pw\"}").status()).isEqualTo(201);
    return id;
  }

  @Test
  void versionIsAskedWithTheToken() {
    assertThat(ok(synadm.get(ADMIN + "/v1/server_version")).path("server_version").asText())
        .isNotEmpty();
  }

  @Test
  void usersAreListedWithWhatIsSetAndLocked() {
    var usual = ok(synadm.get(ADMIN + "/v2/users?" + ALL + "locked=false"));
    var filtered =
        ok(
            synadm.get(
                ADMIN
                    + "/v2/users?from=5&limit=10&guests=false&deactivated=true&order_by=creation_ts&dir=b"
                    + "&not_user_type=bot&not_user_type=&locked=true&admins=false"));

    assertThat(usual.path("total").intValue()).isGreaterThanOrEqualTo(65);
    hasKeys(usual.path("users").path(0), List.of("name", "displayname", "admin", "deactivated"));
    assertThat(filtered.path("total").intValue()).as("the support user alone").isEqualTo(1);
    assertThat(filtered.path("users")).isEmpty();
  }

  @Test
  void pagesAreFollowedByTheirToken() {
    var first = ok(synadm.get(ADMIN + "/v2/users?from=0&limit=20&name=gain&locked=false"));
    var token = first.path("next_token").asText();
    var last =
        ok(synadm.get(ADMIN + "/v2/users?from=" + token + "&limit=20&name=gain&locked=false"));

    assertThat(token).isEqualTo("20");
    assertThat(last.path("users")).hasSize(4);
    assertThat(last.has("next_token")).isFalse();
  }

  @Test
  void searchAsksTwiceForTheSame() {
    var query = ADMIN + "/v2/users?" + ALL + "guests=true&deactivated=true&name=";

    var users = ok(synadm.get(query + "crypto-gain&locked=false"));

    assertThat(users.path("total").intValue()).isEqualTo(24);
    assertThat(ok(synadm.get(query + "Crypto-gain&locked=false")).toString())
        .isEqualTo(users.toString());
  }

  @Test
  void deactivationLooksAtUserRoomsAndAliasesFirst() {
    var id = "%40crypto-gain-01%3Achat.example";

    var user = ok(synadm.get(ADMIN + "/v2/users/" + id));
    var rooms = ok(synadm.get(ADMIN + "/v1/users/" + id + "/joined_rooms"));
    for (JsonNode room : rooms.path("joined_rooms")) {
      var path = room.asText().replace("!", "%21").replace(":", "%3A");
      assertThat(ok(synadm.get(R0 + "/rooms/" + path + "/aliases")).path("aliases").isArray())
          .isTrue();
    }
    var reply =
        new PlayedWorker(gateway.jdbi())
            .answer(
                () -> synadm.post(ADMIN + "/v1/deactivate/" + id, "{\"erase\": false}"),
                PlayedWorker::closeAccount);

    assertThat(user.path("name").asText()).isEqualTo("@crypto-gain-01:chat.example");
    assertThat(rooms.path("total").intValue()).isEqualTo(4);
    assertThat(ok(reply).path("id_server_unbind_result").asText()).isEqualTo("success");
  }

  @Test
  void deactivationByPatternPagesThroughAllWithEmptyFilters() {
    var page =
        ok(
            synadm.get(
                ADMIN + "/v2/users?from=0&limit=500&guests=true&name=&user_id=&locked=false"));

    assertThat(page.path("users").findValuesAsText("name"))
        .contains("@ada:chat.example", "@1:chat.example", "@crypto-gain-01:chat.example");
    assertThat(page.has("next_token")).isFalse();
  }

  @Test
  void usersAreModifiedByTheKeysThatAreGiven() {
    var path = ADMIN + "/v2/users/" + newUser("synadm-modified");

    ok(
        synadm.put(
            path,
            "{\"displayname\": \"J\\u00fcrgen\", \"threepids\": [{\"medium\": \"email\","
                + " \"address\": \"s@mail.example\"}], \"avatar_url\": \"mxc://chat.example/abc\","
                + " \"admin\": true, \"locked\": true, \"user_type\": \"bot\"}"));
    var user = ok(synadm.put(path, "{\"threepids\": [], \"user_type\": null, \"locked\": false}"));

    assertThat(user.path("displayname").asText()).isEqualTo("J\u00fcrgen");
    assertThat(user.path("admin").booleanValue()).isTrue();
    assertThat(user.path("locked").booleanValue()).isFalse();
    assertThat(user.path("threepids")).isEmpty();
    assertThat(user.path("user_type").isNull()).isTrue();
  }

  @Test
  void devicesOfALoginArePruned() {
    var id = newUser("synadm-pruned");
    var login =
        ok(
            synadm.post(
                R0 + "/login",
                "{\"password\": \"pw\", \"type\": \"m.login.password\", \"user\":"
                    + " \"@synadm-pruned:chat.example\", \"initial_device_display_name\": \"synadm"
                    + " matrix login command\"}"));
    var devices = ok(synadm.get(ADMIN + "/v2/users/" + id + "/devices"));
    var device = devices.path("devices").path(0);
    hasKeys(device, List.of("device_id", "last_seen_ts"));
    var deleted =
        synadm.post(
            ADMIN + "/v2/users/" + id + "/delete_devices",
            "{\"devices\": [\"" + login.path("device_id").asText() + "\"]}");

    assertThat(devices.path("total").intValue()).isEqualTo(1);
    assertThat(device.path("display_name").asText()).isEqualTo("synadm matrix login command");
    assertThat(deleted.body()).isEqualTo("{}");
    assertThat(ok(synadm.get(ADMIN + "/v2/users/" + id + "/devices")).path("total").intValue())
        .isZero();
  }

  @Test
  void passwordIsResetWithAndWithoutLogout() {
    var reset = ADMIN + "/v1/reset_password/" + newUser("synadm-reset");

    assertThat(synadm.post(reset, "{\"new_password\": \"other\"}").body()).isEqualTo("{}");
    assertThat(synadm.post(reset, "{\"new_password\": \"pw\", \"logout_devices\": false}").body())
        .isEqualTo("{}");
  }

  @Test
  void tokenOfAnotherUserServesRawRequestsWithABody() {
    var path = ADMIN + "/v1/users/" + newUser("synadm-puppet") + "/login";
    ok(synadm.post(path, "{\"valid_until_ms\": 4102444800000}"));
    var puppet = ok(synadm.post(path, "{}")).path("access_token").asText();

    var whoami =
        HttpLibrary.ofPython(gateway.port(), puppet)
            .send("GET", "/_matrix/client/v3/account/whoami", "{}");

    assertThat(ok(whoami).path("user_id").asText()).isEqualTo("@synadm-puppet:chat.example");
  }

  @Test
  void whoisAndSessionsAreShown() {
    var whois = ok(synadm.get(ADMIN + "/v1/whois/%40ada%3Achat.example"));

    assertThat(whois.at("/devices//sessions/0/connections/0/ip").asText()).isEqualTo("127.0.0.1");
  }

  @Test
  void shadowBanHasNoBodyAndAnEmptyAnswer() {
    var path = ADMIN + "/v1/users/" + newUser("synadm-shadow") + "/shadow_ban";

    assertThat(synadm.post(path, null).body()).isEqualTo("{}");
    assertThat(synadm.delete(path, null).body()).isEqualTo("{}");
  }

  @Test
  void usersAreFoundByTheirOtherIds() {
    assertThat(ok(synadm.get(ADMIN + "/v1/threepid/email/users/ada%40mail.example")).toString())
        .isEqualTo("{\"user_id\":\"@ada:chat.example\"}");
    assertThat(ok(synadm.get(ADMIN + "/v1/auth_providers/oidc-corp/users/ada-1000")).toString())
        .isEqualTo("{\"user_id\":\"@ada:chat.example\"}");
    assertThat(synadm.get(ADMIN + "/v1/auth_providers/oidc-corp/users/nobody").outcome())
        .isEqualTo("404 M_NOT_FOUND");
  }

  @Test
  void redactionIsFollowedByItsId() {
    var redact = ADMIN + "/v1/user/%40crypto-gain-02%3Achat.example/redact";
    var id =
        ok(synadm.post(redact, "{\"rooms\": [], \"reason\": \"spam\", \"limit\": 50}"))
            .path("redact_id");
    var status = ADMIN + "/v1/user/redact_status/" + id.asText();

    assertThat(ok(synadm.get(status)).path("status").asText()).isEqualTo("scheduled");
    assertThat(synadm.post(redact, "{\"rooms\": []}").outcome()).isEqualTo("400 M_UNKNOWN");
    new PlayedWorker(gateway.jdbi()).rows().complete(PlayedWorker.job(id));
    assertThat(ok(synadm.get(status)).path("status").asText()).isEqualTo("complete");
  }

  @Test
  void registrationTokensAreMadeChangedAndDeleted() {
    var path = ADMIN + "/v1/registration_tokens";
    var made =
        ok(
            synadm.post(
                path + "/new",
                "{\"length\": 16, \"uses_allowed\": 2, \"expiry_time\": null, \"token\":"
                    + " \"synadm\"}"));
    var changed =
        ok(
            synadm.put(
                path + "/synadm", "{\"uses_allowed\": null, \"expiry_time\": 4102444800000}"));

    assertThat(made.path("uses_allowed").intValue()).isEqualTo(2);
    assertThat(changed.path("uses_allowed").isNull()).isTrue();
    assertThat(ok(synadm.get(path + "/synadm")).path("expiry_time").longValue())
        .isEqualTo(4_102_444_800_000L);
    assertThat(ok(synadm.get(path)).toString()).contains("\"token\":\"synadm\"");
    assertThat(ok(synadm.get(path + "?valid=true")).toString()).contains("\"token\":\"synadm\"");
    assertThat(ok(synadm.get(path + "?valid=false")).toString()).doesNotContain("\"synadm\"");
    assertThat(synadm.delete(path + "/synadm", null).body()).isEqualTo("{}");
  }

  @Test
  void whatIsNotServedIsShownAsAnError() {
    assertThat(
            synadm
                .post(
                    ADMIN + "/v1/send_server_notice",
                    "{\"user_id\": \"@ada:chat.example\", \"content\": {\"msgtype\": \"m.text\","
                        + " \"body\": \"a\", \"format\": \"org.matrix.custom.html\","
                        + " \"formatted_body\": \"a\"}}")
                .outcome())
        .isEqualTo(UNRECOGNIZED);
    assertThat(synadm.post(ADMIN + "/v1/delete_group/%2Bg%3Achat.example", null).outcome())
        .isEqualTo(UNRECOGNIZED);
  }

  /**
   * The setting {@code homeserver} of synadm must therefore be our server's name, not {@code
   * auto-retrieval}.
   */
  @Test
  void serverNameIsNotFoundByTheRulesOfFederation() {
    assertThat(synadm.get("//.well-known/matrix/server").outcome()).isEqualTo(UNRECOGNIZED);
    assertThat(synadm.get("/_matrix/key/v2/server").outcome()).isEqualTo(UNRECOGNIZED);
  }
}
