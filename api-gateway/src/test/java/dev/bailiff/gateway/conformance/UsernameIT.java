package dev.bailiff.gateway.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether a new user may have a name. */
@Section("4.31")
class UsernameIT {
  @RegisterExtension static final CommunityGateway gateway = CommunityGateway.shared();

  private static final String PATH = "/_synapse/admin/v1/username_available";

  @ParameterizedTest
  @CsvSource({
    "'', 400 M_MISSING_PARAM",
    "?name=x, 400 M_MISSING_PARAM",
    "?username=%C3%A4, 400 M_UNKNOWN",
    "?username=Allowed, 400 M_INVALID_USERNAME",
    "?username=a%20b, 400 M_INVALID_USERNAME",
    "?username=a%40b, 400 M_INVALID_USERNAME",
    "?username=, 400 M_INVALID_USERNAME",
    "?username=_bridge, 400 M_INVALID_USERNAME",
    "?username=ada, 400 M_USER_IN_USE",
    "?username=12345, 400 M_INVALID_USERNAME",
    "?username=free._%3D-/%2B1, 200",
    "?username=1a, 200"
  })
  void nameIsCheckedInThisOrder(String query, String outcome) {
    assertThat(gateway.admin().get(PATH + query).outcome()).isEqualTo(outcome);
  }

  @Test
  void freeNameIsAvailable() {
    assertThat(gateway.admin().get(PATH + "?username=nobody-yet").body())
        .isEqualTo("{\"available\":true}");
  }

  @Test
  void takenNameIsAnErrorWhoeverHasIt() {
    var deactivated = gateway.newName("taken");
    gateway.execute(
        "insert into homeserver.account (user_id, created_at, deactivated) values (?, 0, true)",
        "@" + deactivated.toUpperCase(java.util.Locale.ROOT) + ":chat.example");
    gateway.users().account("@4711:chat.example");

    var reply = gateway.admin().get(PATH + "?username=" + deactivated);

    assertThat(reply.outcome()).isEqualTo("400 M_USER_IN_USE");
    assertThat(reply.json().path("error").asText()).isEqualTo("User ID already taken.");
    assertThat(gateway.admin().get(PATH + "?username=4711").outcome())
        .isEqualTo("400 M_USER_IN_USE");
  }

  @Test
  void wholeIdMayHave255Characters() {
    var longest = "x".repeat(255 - "@:chat.example".length());

    assertThat(gateway.admin().get(PATH + "?username=" + longest).outcome()).isEqualTo("200");
    assertThat(gateway.admin().get(PATH + "?username=" + longest + "x").outcome())
        .isEqualTo("400 M_INVALID_USERNAME");
  }

  @Test
  void onlyAdminsAsk() {
    assertThat(gateway.strangers("GET", PATH)).isEqualTo(CommunityGateway.REFUSED);
  }
}
