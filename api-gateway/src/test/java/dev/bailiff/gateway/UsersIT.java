package dev.bailiff.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Users: 4.1 to 4.3, 4.11 and the login of 5.32. */
class UsersIT {
  @RegisterExtension static final RunningGateway gateway = RunningGateway.with();

  private static final String USERS = "/_synapse/admin/v2/users";
  private static final String LOGIN = "/_matrix/client/v3/login";

  @Test
  void userIsShownWithEveryKey() {
    var user = gateway.admin().get(USERS + "/@ann:chat.example").json();

    assertThat(user.fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder(
            "name",
            "displayname",
            "avatar_url",
            "threepids",
            "external_ids",
            "is_guest",
            "admin",
            "deactivated",
            "shadow_banned",
            "erased",
            "locked",
            "suspended",
            "creation_ts",
            "appservice_id",
            "consent_server_notice_sent",
            "consent_version",
            "consent_ts",
            "user_type",
            "last_seen_ts");
    assertThat(user.path("displayname").asText()).isEqualTo("Ann");
    assertThat(user.path("creation_ts").longValue()).isEqualTo(1_700_000_000);
    assertThat(user.path("admin").isBoolean()).isTrue();
  }

  @Test
  void listIsPagedWithATokenThatIsAString() {
    var first = gateway.admin().get(USERS + "?limit=2&deactivated=true&locked=true").json();

    assertThat(first.path("users")).hasSize(2);
    assertThat(first.path("next_token").isTextual()).isTrue();
    assertThat(first.path("next_token").asText()).isEqualTo("2");
    int total = first.path("total").intValue();
    var last =
        gateway
            .admin()
            .get(USERS + "?from=2&limit=" + (total - 2) + "&deactivated=true&locked=true")
            .json();
    assertThat(last.has("next_token")).isFalse();
    assertThat(last.path("users")).hasSize(total - 2);
  }

  @Test
  void listLeavesOutDeactivatedAndLockedUsersUnlessAsked() {
    assertThat(names(""))
        .contains("@ann:chat.example")
        .doesNotContain("@zoe:chat.example", "@bob:chat.example");
    assertThat(names("?deactivated=true"))
        .contains("@zoe:chat.example")
        .doesNotContain("@bob:chat.example");
    assertThat(names("?locked=true"))
        .contains("@bob:chat.example")
        .doesNotContain("@zoe:chat.example");
    assertThat(names("?name=ANN")).containsExactly("@ann:chat.example");
    assertThat(names("?user_id=ann%3Achat")).containsExactly("@ann:chat.example");
    assertThat(names("?user_id=_")).isEmpty();
    assertThat(names("?admins=true&guests=false"))
        .contains("@admin:chat.example")
        .doesNotContain("@guest:chat.example", "@ann:chat.example");
  }

  private static Iterable<String> names(String query) {
    return gateway.admin().get(USERS + query).json().path("users").findValuesAsText("name");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "@x:other.example; {}; 400 M_UNKNOWN",
        "@x:other.example; {; 400 M_NOT_JSON",
        "x; {; 400 M_INVALID_PARAM",
        "@new:chat.example; {\"threepids\": [{\"medium\": \"email\"}]}; 400 M_MISSING_PARAM",
        "@new:chat.example; {\"threepids\": {\"a\": 1}}; 400 M_MISSING_PARAM",
        "@new:chat.example; {\"threepids\": \"a\"}; 400 M_MISSING_PARAM",
        "@new:chat.example; {\"threepids\": 1}; 400 M_INVALID_PARAM",
        "@new:chat.example; {\"threepids\": [1]}; 400 M_INVALID_PARAM",
        "@new:chat.example; {\"threepids\": [{\"medium\": \"email\", \"address\": 1}]}; 400 M_INVALID_PARAM",
        "@new:chat.example; {\"threepids\": [{\"medium\": \"fax\", \"address\": \"1\"}]}; 400 M_INVALID_PARAM",
        "@new:chat.example; {\"threepids\": [{\"medium\": \"email\", \"address\": \"1\"}]}; 400 M_UNKNOWN",
        "@new:chat.example; {\"external_ids\": [{}]}; 400 M_MISSING_PARAM",
        "@new:chat.example; {\"external_ids\": true}; 400 M_INVALID_PARAM",
        "@new:chat.example; {\"user_type\": \"king\"}; 400 M_UNKNOWN",
        "@new:chat.example; {\"admin\": null}; 400 M_BAD_JSON",
        "@new:chat.example; {\"admin\": 1}; 400 M_BAD_JSON",
        "@new:chat.example; {\"password\": 1}; 400 M_UNKNOWN",
        "@new:chat.example; {\"logout_devices\": null}; 400 M_UNKNOWN",
        "@new:chat.example; {\"deactivated\": \"false\"}; 400 M_UNKNOWN",
        "@new:chat.example; {\"locked\": 1}; 400 M_UNKNOWN",
        "@new:chat.example; {\"locked\": true, \"deactivated\": true}; 400 M_UNKNOWN",
        "@new:chat.example; {\"displayname\": 1}; 400 M_INVALID_PARAM",
        "@new:chat.example; {\"displayname\": \"a\\u0000\"}; 400 M_BAD_JSON",
        "@ann:chat.example; {\"displayname\": null}; 400 M_INVALID_PARAM",
        "@ann:chat.example; {\"avatar_url\": 1}; 400 M_INVALID_PARAM",
        "@New:chat.example; {}; 400 M_INVALID_USERNAME",
        "@_new:chat.example; {}; 400 M_INVALID_USERNAME",
        "@12:chat.example; {}; 400 M_INVALID_USERNAME",
        "@:chat.example; {}; 400 M_INVALID_USERNAME",
        "@admin:chat.example; {\"admin\": false}; 400 M_UNKNOWN"
      })
  void savingRefusesWhatIsWrong(String id, String body, String outcome) {
    assertThat(gateway.admin().put(USERS + "/" + id, body).outcome()).isEqualTo(outcome);
    assertThat(gateway.admin().get(USERS + "/@new:chat.example").status()).isEqualTo(404);
  }

  @Test
  void userIsCreatedThenModified() {
    var created =
        gateway
            .admin()
            .put(USERS + "/@carl:chat.example", "{\"password\": \"secret\", \"threepids\": \"\"}");
    var modified =
        gateway
            .admin()
            .put(
                USERS + "/@carl:chat.example",
                """
                {"displayname": " Carl ", "user_type": "bot", "admin": true, "locked": false,
                 "threepids": [{"medium": "email", "address": "Carl@Example.org"}],
                 "external_ids": [{"auth_provider": "p", "external_id": "1"}]}
                """);

    assertThat(created.status()).isEqualTo(201);
    assertThat(created.json().path("displayname").asText()).isEqualTo("carl");
    assertThat(modified.status()).isEqualTo(200);
    assertThat(modified.json().path("displayname").asText()).isEqualTo("Carl");
    assertThat(modified.json().path("user_type").asText()).isEqualTo("bot");
    assertThat(modified.json().path("admin").booleanValue()).isTrue();
    assertThat(modified.json().path("threepids").path(0).path("address").asText())
        .isEqualTo("carl@example.org");
    assertThat(
            gateway
                .admin()
                .put(USERS + "/@carl:chat.example", "{\"displayname\": \"\"}")
                .json()
                .path("displayname")
                .isNull())
        .isTrue();
  }

  @Test
  void externalIdOfAnotherUserIsAConflict() {
    var ids = "{\"external_ids\": [{\"auth_provider\": \"x\", \"external_id\": \"taken\"}]}";
    gateway.admin().put(USERS + "/@ext1:chat.example", ids);

    var reply = gateway.admin().put(USERS + "/@ext2:chat.example", ids);

    assertThat(reply.outcome()).isEqualTo("409 M_UNKNOWN");
    assertThat(reply.json().path("error").asText()).isEqualTo("External id is already in use.");
    assertThat(gateway.admin().get(USERS + "/@ext2:chat.example").status()).isEqualTo(404);
  }

  @Test
  void joinedRoomsAreListedForAnybody() {
    var base = "/_synapse/admin/v1/users/";

    assertThat(gateway.admin().get(base + "@ann:chat.example/joined_rooms").body())
        .isEqualTo("{\"joined_rooms\":[\"" + Seed.ROOM + "\"],\"total\":1}");
    assertThat(
            gateway
                .admin()
                .get(base + "@far:away.example/joined_rooms")
                .json()
                .path("total")
                .intValue())
        .isEqualTo(1);
    assertThat(gateway.admin().get(base + "nonsense/joined_rooms").json().path("total").intValue())
        .isZero();
    assertThat(gateway.admin().get(base + "/joined_rooms").json().path("total").intValue())
        .isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{; 400 M_NOT_JSON",
        "{\"refresh_token\": 1}; 400 M_UNKNOWN",
        "{}; 400 M_UNKNOWN",
        "{\"type\": 1}; 400 M_INVALID_PARAM",
        "{\"type\": \"m.login.password\"}; 400 M_INVALID_PARAM",
        "{\"type\": \"m.login.password\", \"password\": \"x\"}; 400 M_INVALID_PARAM",
        "{\"type\": \"m.login.password\", \"password\": \"x\", \"identifier\": {}}; 400 M_INVALID_PARAM",
        "{\"type\": \"m.login.password\", \"password\": \"x\", \"identifier\": {\"type\": \"x\"}}; 400 M_UNKNOWN",
        "{\"type\": \"m.login.password\", \"password\": \"x\", \"identifier\": {\"type\": \"m.id.user\"}}; 400 M_UNKNOWN",
        "{\"type\": \"m.login.password\", \"password\": \"x\", \"user\": \"\"}; 400 M_INVALID_PARAM",
        "{\"type\": \"m.login.password\", \"password\": \"x\", \"identifier\": {\"user\": \"a\"}}; 400 M_MISSING_PARAM",
        "{\"type\": \"m.login.password\", \"password\": \"x\", \"identifier\": {\"type\": \"m.id.user\", \"user\": \"\"}}; 400 M_UNKNOWN",
        "{\"type\": \"m.login.password\", \"password\": \"x\", \"user\": 1}; 400 M_INVALID_PARAM",
        "{\"type\": \"m.login.password\", \"password\": \"x\", \"medium\": \"email\", \"address\": \"x\"}; 400 M_UNKNOWN",
        "{\"type\": \"nothing\"}; 400 M_INVALID_PARAM",
        "{\"type\": \"nothing\", \"user\": \"a\"}; 400 M_UNKNOWN",
        "{\"type\": \"m.login.token\"}; 400 M_UNKNOWN",
        "{\"type\": \"m.login.token\", \"token\": \"x\"}; 403 M_FORBIDDEN",
        "{\"type\": \"m.login.password\", \"password\": \"x\", \"user\": \"ann\"}; 403 M_FORBIDDEN",
        "{\"type\": \"m.login.password\", \"password\": \"x\", \"user\": \"@ann:other.example\"}; 403 M_FORBIDDEN"
      })
  void loginRefusesWhatIsWrong(String body, String outcome) {
    assertThat(gateway.nobody().post(LOGIN, body).outcome()).isEqualTo(outcome);
  }

  @Test
  void loginGivesATokenThatWorksWhateverTheLetterCase() {
    gateway
        .admin()
        .put(USERS + "/@dora:chat.example", "{\"password\": \"p\u00e4ss\", \"admin\": true}");

    var login =
        gateway
            .nobody()
            .post(
                "/_matrix/client/r0/login",
                """
                {"type": "m.login.password", "password": "p\u00e4ss", "device_id": "DEV",
                 "identifier": {"type": "m.id.user", "user": "DORA"}}
                """);

    assertThat(login.status()).isEqualTo(200);
    assertThat(login.json().path("user_id").asText()).isEqualTo("@dora:chat.example");
    assertThat(login.json().path("device_id").asText()).isEqualTo("DEV");
    assertThat(login.json().path("home_server").asText()).isEqualTo("chat.example");
    var token = login.json().path("access_token").asText();
    assertThat(new Client(gateway.port(), token).get(USERS).status()).isEqualTo(200);
  }

  @Test
  void lockedUserWithTheRightPasswordIsToldSo() {
    gateway.admin().put(USERS + "/@lock:chat.example", "{\"password\": \"x\"}");
    gateway.admin().put(USERS + "/@lock:chat.example", "{\"locked\": true}");

    var body = "{\"type\": \"m.login.password\", \"password\": \"x\", \"user\": \"lock\"}";

    assertThat(gateway.nobody().post(LOGIN, body).outcome()).isEqualTo("401 M_USER_LOCKED");
  }
}
