package dev.bailiff.gateway.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.gateway.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The pushers of a user. */
@Section("4.25")
class PushersIT {
  @RegisterExtension static final CommunityGateway gateway = CommunityGateway.shared();

  private static Reply of(String user) {
    return gateway.admin().get("/_synapse/admin/v1/users/" + user + "/pushers");
  }

  @Test
  void pusherOfTheCommunityIsShownWithEveryKey() {
    var reply = of("@ada:chat.example").json();
    var pusher = reply.path("pushers").path(0);

    assertThat(reply.path("total").intValue()).isEqualTo(reply.path("pushers").size()).isPositive();
    assertThat(pusher.fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder(
            "app_display_name",
            "app_id",
            "data",
            "device_display_name",
            "kind",
            "lang",
            "profile_tag",
            "pushkey",
            "enabled",
            "device_id");
    assertThat(pusher.path("data").path("format").asText()).isEqualTo("event_id_only");
    assertThat(pusher.path("kind").asText()).isEqualTo("http");
  }

  @Test
  void whatIsNotKnownOfAPusherHasItsUsualValue() {
    var user = gateway.newUser("pusher");
    gateway.execute(
        "insert into homeserver.pusher values (?, 'app', 'key', 'email', 'A', 'D', '')", user);

    assertThat(of(user).body())
        .isEqualTo(
            "{\"pushers\":[{\"app_display_name\":\"A\",\"app_id\":\"app\",\"data\":{},\"device_display_name\":\"D\",\"kind\":\"email\","
                + "\"lang\":null,\"profile_tag\":\"\",\"pushkey\":\"key\",\"enabled\":true,\"device_id\":null}],\"total\":1}");
  }

  @Test
  void userWithoutPushersHasAnEmptyList() {
    assertThat(of(gateway.newUser("pusher")).body()).isEqualTo("{\"pushers\":[],\"total\":0}");
  }

  @ParameterizedTest
  @CsvSource({
    "nonsense, 400 M_INVALID_PARAM",
    "@ada:other.example, 400 M_UNKNOWN",
    "@nobody:chat.example, 404 M_NOT_FOUND"
  })
  void idIsCheckedForShapeThenPlaceThenExistence(String id, String outcome) {
    assertThat(of(id).outcome()).isEqualTo(outcome);
  }

  @Test
  void errorSaysWhatTheOriginalSays() {
    assertThat(of("@ada:other.example").json().path("error").asText())
        .isEqualTo("Can only look up local users");
  }

  @Test
  void onlyAdminsSeePushers() {
    assertThat(gateway.strangers("GET", "/_synapse/admin/v1/users/x/pushers"))
        .isEqualTo(CommunityGateway.REFUSED);
  }
}
