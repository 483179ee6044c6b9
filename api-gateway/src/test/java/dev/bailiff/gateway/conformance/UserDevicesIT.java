package dev.bailiff.gateway.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The devices of a user: list, add, show, rename, delete. */
@Section({"4.19", "4.20", "4.21", "4.22", "4.23", "4.24"})
class UserDevicesIT {
  @RegisterExtension static final CommunityGateway gateway = CommunityGateway.shared();

  private static final String USERS = "/_synapse/admin/v2/users/";

  private static String devices(String user) {
    return USERS + user + "/devices";
  }

  private static String device(String user, String device) {
    return devices(user) + "/" + device;
  }

  @Test
  @Section({"4.19", "4.22"})
  void deviceIsShownAloneAsItIsInTheList() {
    var user = gateway.newUser("device");
    gateway.execute(
        "insert into homeserver.device values (?, 'PHONE/1', 'My phone', '10.0.0.1', 'agent', 1700000000123, false)",
        user);
    var shown =
        "{\"device_id\":\"PHONE/1\",\"display_name\":\"My phone\",\"last_seen_ip\":\"10.0.0.1\","
            + "\"last_seen_user_agent\":\"agent\",\"last_seen_ts\":1700000000123,\"user_id\":\""
            + user
            + "\"}";

    assertThat(gateway.admin().get(device(user, "PHONE%2F1")).body()).isEqualTo(shown);
    assertThat(gateway.admin().get(devices(user)).body())
        .isEqualTo("{\"devices\":[" + shown + "],\"total\":1}");
  }

  @Test
  @Section({"4.19", "4.22"})
  void nameThatIsNotSetIsAbsentAndWhatWasNeverSeenIsNull() {
    var user = gateway.newUser("device");
    gateway.addDevice(user, "D");

    var shown = gateway.admin().get(device(user, "D")).json();

    assertThat(shown.has("display_name")).isFalse();
    for (var key : List.of("last_seen_ip", "last_seen_user_agent", "last_seen_ts")) {
      assertThat(shown.path(key).isNull()).as(key).isTrue();
    }
  }

  @Test
  @Section("4.19")
  void userWithoutDevicesHasAnEmptyList() {
    assertThat(gateway.admin().get(devices(gateway.newUser("device"))).body())
        .isEqualTo("{\"devices\":[],\"total\":0}");
  }

  @Test
  void hiddenEntriesAreNoDevices() {
    var user = gateway.newUser("device");
    gateway.users().hiddenDevice(user, "KEY");

    assertThat(gateway.admin().get(devices(user)).json().path("total").intValue()).isZero();
    assertThat(gateway.admin().get(device(user, "KEY")).outcome()).isEqualTo("404 M_NOT_FOUND");
    assertThat(gateway.admin().put(device(user, "KEY"), "{\"display_name\": \"x\"}").outcome())
        .isEqualTo("404 M_NOT_FOUND");
    assertThat(gateway.admin().post(devices(user), "{\"device_id\": \"KEY\"}").outcome())
        .isEqualTo("400 M_FORBIDDEN");
    assertThat(gateway.admin().delete(device(user, "KEY"), null).outcome()).isEqualTo("200");
    assertThat(
            gateway
                .admin()
                .post(USERS + user + "/delete_devices", "{\"devices\": [\"KEY\"]}")
                .outcome())
        .isEqualTo("200");
    assertThat(gateway.value("select hidden from homeserver.device where user_id = ?", user))
        .isEqualTo("t");
  }

  @Test
  @Section("4.20")
  void deviceIsAddedWithoutNameAndTokenAndOnceOnly() {
    var user = gateway.newUser("device");

    var added = gateway.admin().post(devices(user), "{\"device_id\": \"NEW\"}");
    gateway.admin().put(device(user, "NEW"), "{\"display_name\": \"Name\"}");
    var again = gateway.admin().post(devices(user), "{\"device_id\": \"NEW\"}");

    assertThat(added.status()).isEqualTo(201);
    assertThat(added.body()).isEqualTo("{}");
    assertThat(again.status()).isEqualTo(201);
    assertThat(gateway.admin().get(device(user, "NEW")).json().path("display_name").asText())
        .isEqualTo("Name");
    assertThat(new SessionRows(gateway, user).left()).containsExactly("device NEW");
  }

  @ParameterizedTest
  @Section("4.20")
  @CsvSource(
      delimiter = ';',
      value = {
        "''; 400 M_NOT_JSON",
        "{; 400 M_NOT_JSON",
        "[]; 400 M_BAD_JSON",
        "{}; 400 M_UNKNOWN",
        "{\"device_id\": null}; 400 M_UNKNOWN",
        "{\"device_id\": \"\"}; 400 M_UNKNOWN",
        "{\"device_id\": 1}; 400 M_UNKNOWN",
        "{\"device_id\": [\"x\"]}; 400 M_UNKNOWN",
        "{\"device_id\": \"a\\u0000\"}; 400 M_BAD_JSON",
        "{\"device_id\": \"\\ud800\"}; 400 M_BAD_JSON"
      })
  void badDevicesAreNotAdded(String body, String outcome) {
    assertThat(gateway.admin().post(devices("@dina:chat.example"), body).outcome())
        .isEqualTo(outcome);
  }

  @Test
  @Section("4.20")
  void idLongerThanALoginMayGiveIsNotAdded() {
    var user = gateway.newUser("device");

    assertThat(
            gateway
                .admin()
                .post(devices(user), "{\"device_id\": \"" + "x".repeat(513) + "\"}")
                .outcome())
        .isEqualTo("400 M_UNKNOWN");
    assertThat(
            gateway
                .admin()
                .post(devices(user), "{\"device_id\": \"" + "x".repeat(512) + "\"}")
                .outcome())
        .isEqualTo("201");
  }

  @Test
  @Section("4.23")
  void deviceIsRenamed() {
    var user = gateway.newUser("device");
    gateway.addDevice(user, "D");

    assertThat(
            gateway
                .admin()
                .put(device(user, "D"), "{\"display_name\": \"" + "ä".repeat(100) + "\"}")
                .body())
        .isEqualTo("{}");
    assertThat(name(user)).isEqualTo("ä".repeat(100));
    gateway.admin().put(device(user, "D"), "{\"display_name\": \"\"}");
    assertThat(gateway.admin().get(device(user, "D")).json().path("display_name").textValue())
        .isEmpty();
  }

  private static String name(String user) {
    return gateway.value("select display_name from homeserver.device where user_id = ?", user);
  }

  @Test
  @Section("4.23")
  void nameThatIsNotGivenIsUnchangedEvenOnADeviceThatIsNotThere() {
    var user = gateway.newUser("device");
    gateway.addDevice(user, "D");
    gateway.admin().put(device(user, "D"), "{\"display_name\": \"Name\"}");

    for (var body : List.of("", "{}", "{\"display_name\": null}", "{\"other\": 1}")) {
      assertThat(gateway.admin().put(device(user, "D"), body).body()).isEqualTo("{}");
      assertThat(gateway.admin().put(device(user, "UNKNOWN"), body).body()).isEqualTo("{}");
    }
    assertThat(name(user)).isEqualTo("Name");
  }

  @ParameterizedTest
  @Section("4.23")
  @CsvSource(
      delimiter = ';',
      value = {
        "{; 400 M_NOT_JSON",
        "[]; 400 M_BAD_JSON",
        "{\"display_name\": 1}; 400 M_INVALID_PARAM",
        "{\"display_name\": \"a\\u0000\"}; 400 M_BAD_JSON",
        "{\"display_name\": \"x\"}; 404 M_NOT_FOUND",
        "{\"display_name\": \"\"}; 404 M_NOT_FOUND"
      })
  void badNamesAndUnknownDevicesAreRefused(String body, String outcome) {
    assertThat(gateway.admin().put(device("@dina:chat.example", "UNKNOWN"), body).outcome())
        .isEqualTo(outcome);
  }

  @Test
  @Section("4.23")
  void nameThatIsTooLongIsRefusedBeforeTheDeviceIsLookedFor() {
    var user = gateway.newUser("device");
    gateway.addDevice(user, "D");
    var body = "{\"display_name\": \"" + "x".repeat(101) + "\"}";

    assertThat(gateway.admin().put(device(user, "D"), body).outcome()).isEqualTo("400 M_TOO_LARGE");
    assertThat(gateway.admin().put(device(user, "UNKNOWN"), body).outcome())
        .isEqualTo("400 M_TOO_LARGE");
    assertThat(name(user)).isNull();
  }

  @Test
  @Section("4.24")
  void deletedDeviceTakesItsKeysTokensAndPushersWithIt() {
    var user = gateway.newUser("device");
    var sessions = new SessionRows(gateway, user);
    var token = sessions.add("A");
    sessions.key("A", "one_time");
    sessions.key("A", "fallback");
    sessions.add("B");
    var puppet = sessions.puppetOf("@admin:chat.example");

    assertThat(gateway.admin().delete(device(user, "A"), "not JSON").body()).isEqualTo("{}");

    assertThat(sessions.left())
        .containsExactly(
            "device B",
            "device key of B",
            "pusher of B",
            "token of B",
            "hidden device",
            "backup key");
    assertThat(gateway.with(token).get("/_matrix/client/v3/account/whoami").outcome())
        .isEqualTo("401 M_UNKNOWN_TOKEN");
    assertThat(gateway.with(puppet).get("/_matrix/client/v3/account/whoami").outcome())
        .isEqualTo("200");
  }

  @Test
  @Section("4.24")
  void deviceOfAnotherUserWithTheSameIdStays() {
    var user = gateway.newUser("device");
    var other = gateway.newUser("device");
    new SessionRows(gateway, user).add("SAME");
    new SessionRows(gateway, other).add("SAME");

    gateway.admin().delete(device(user, "SAME"), null);

    assertThat(new SessionRows(gateway, other).left()).contains("device SAME", "token of SAME");
  }

  @Test
  @Section({"4.21", "4.24"})
  void unknownDevicesAreDeletedWithoutAWord() {
    assertThat(gateway.admin().delete(device("@dina:chat.example", "UNKNOWN"), null).body())
        .isEqualTo("{}");
    assertThat(gateway.admin().delete(device("@dina:chat.example", "%F0%9F%98%80"), null).body())
        .isEqualTo("{}");
    assertThat(
            gateway
                .admin()
                .post(
                    USERS + "@dina:chat.example/delete_devices",
                    "{\"devices\": [\"UNKNOWN\", \"a\\u0000\"]}")
                .body())
        .isEqualTo("{}");
    assertThat(
            gateway
                .admin()
                .post(USERS + "@dina:chat.example/delete_devices", "{\"devices\": []}")
                .body())
        .isEqualTo("{}");
  }

  @Test
  @Section("4.21")
  void severalDevicesAreDeletedAtOnce() {
    var user = gateway.newUser("device");
    var sessions = new SessionRows(gateway, user);
    sessions.add("A");
    sessions.add("B");
    sessions.add("C");

    gateway.admin().post(USERS + user + "/delete_devices", "{\"devices\": [\"A\", \"C\", \"A\"]}");

    assertThat(sessions.left())
        .containsExactly(
            "device B",
            "device key of B",
            "pusher of B",
            "token of B",
            "hidden device",
            "backup key");
  }

  @ParameterizedTest
  @Section("4.21")
  @CsvSource(
      delimiter = ';',
      value = {
        "''; 400 M_NOT_JSON",
        "{; 400 M_NOT_JSON",
        "[]; 400 M_BAD_JSON",
        "{}; 400 M_MISSING_PARAM",
        "{\"devices\": \"A\"}; 400 M_INVALID_PARAM",
        "{\"devices\": null}; 400 M_INVALID_PARAM",
        "{\"devices\": {}}; 400 M_INVALID_PARAM",
        "{\"devices\": [\"A\", 1]}; 400 M_INVALID_PARAM"
      })
  void badListsOfDevicesDeleteNothing(String body, String outcome) {
    var user = gateway.newUser("device");
    gateway.addDevice(user, "A");

    assertThat(gateway.admin().post(USERS + user + "/delete_devices", body).outcome())
        .isEqualTo(outcome);
    assertThat(new SessionRows(gateway, user).left()).containsExactly("device A");
  }

  @ParameterizedTest
  @Section({"4.22", "4.23", "4.24"})
  @ValueSource(strings = {"", "UNKNOWN"})
  void emptyDeviceIdIsAnUnknownDevice(String id) {
    assertThat(gateway.admin().get(device("@dina:chat.example", id)).outcome())
        .isEqualTo("404 M_NOT_FOUND");
    assertThat(
            gateway
                .admin()
                .put(device("@dina:chat.example", id), "{\"display_name\": \"x\"}")
                .outcome())
        .isEqualTo("404 M_NOT_FOUND");
    assertThat(gateway.admin().delete(device("@dina:chat.example", id), null).outcome())
        .isEqualTo("200");
  }

  @ParameterizedTest
  @CsvSource({
    "nonsense, 400 M_INVALID_PARAM",
    "@ada:other.example, 400 M_UNKNOWN",
    "@nobody:chat.example, 404 M_NOT_FOUND"
  })
  void userIsCheckedBeforeAnythingElse(String id, String outcome) {
    assertThat(gateway.admin().get(devices(id)).outcome()).isEqualTo(outcome);
    assertThat(gateway.admin().post(devices(id), "{").outcome()).isEqualTo(outcome);
    assertThat(gateway.admin().post(USERS + id + "/delete_devices", "{").outcome())
        .isEqualTo(outcome);
    assertThat(gateway.admin().get(device(id, "D")).outcome()).isEqualTo(outcome);
    assertThat(gateway.admin().put(device(id, "D"), "{").outcome()).isEqualTo(outcome);
    assertThat(gateway.admin().delete(device(id, "D"), null).outcome()).isEqualTo(outcome);
  }

  @Test
  @Section({"4.19", "4.21", "4.22", "4.23", "4.24"})
  void errorSaysWhatTheOriginalSays() {
    for (var reply :
        List.of(
            gateway.admin().get(devices("@ada:other.example")),
            gateway.admin().post(USERS + "@ada:other.example/delete_devices", "{}"),
            gateway.admin().get(device("@ada:other.example", "D")),
            gateway.admin().put(device("@ada:other.example", "D"), "{}"),
            gateway.admin().delete(device("@ada:other.example", "D"), null))) {
      assertThat(reply.json().path("error").asText()).isEqualTo("Can only lookup local users");
    }
  }

  @Test
  void onlyAdminsTouchDevicesOfUsers() {
    assertThat(gateway.strangers("GET", devices("x"))).isEqualTo(CommunityGateway.REFUSED);
    assertThat(gateway.strangers("POST", devices("x"))).isEqualTo(CommunityGateway.REFUSED);
    assertThat(gateway.strangers("POST", USERS + "x/delete_devices"))
        .isEqualTo(CommunityGateway.REFUSED);
    assertThat(gateway.strangers("GET", device("x", "D"))).isEqualTo(CommunityGateway.REFUSED);
    assertThat(gateway.strangers("PUT", device("x", "D"))).isEqualTo(CommunityGateway.REFUSED);
    assertThat(gateway.strangers("DELETE", device("x", "D"))).isEqualTo(CommunityGateway.REFUSED);
  }
}
