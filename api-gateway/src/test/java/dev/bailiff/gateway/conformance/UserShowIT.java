package dev.bailiff.gateway.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Shows one user. */
@Section("4.1")
class UserShowIT {
  @RegisterExtension static final CommunityGateway gateway = CommunityGateway.shared();

  private static final String USERS = "/_synapse/admin/v2/users/";

  @Test
  void userIsShownWithEveryKeyAndNoPasswordHash() {
    var user = gateway.admin().get(USERS + "@ada:chat.example");

    assertThat(user.json().fieldNames())
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
            "creation_ts",
            "appservice_id",
            "consent_server_notice_sent",
            "consent_version",
            "consent_ts",
            "user_type",
            "last_seen_ts",
            "suspended");
    assertThat(user.body()).doesNotContain("$2b$");
  }

  @Test
  void creationIsInSecondsAndAllOtherTimesAreInMilliseconds() {
    var user = gateway.admin().get(USERS + "@ada:chat.example").json();
    var stored =
        gateway.value(
            "select created_at from homeserver.account where user_id = ?",
            user.path("name").asText());

    assertThat(user.path("creation_ts").longValue()).isEqualTo(Long.parseLong(stored) / 1000);
    assertThat(user.path("last_seen_ts").longValue()).isGreaterThan(1_700_000_000_000L);
    assertThat(user.path("threepids").path(0).toString())
        .isEqualTo(
            "{\"medium\":\"email\",\"address\":\"ada@mail.example\",\"added_at\":1795368125229,\"validated_at\":1795368125229}");
  }

  @Test
  void flagsAreBooleansAndExternalIdsHaveTheirProvider() {
    var user = gateway.admin().get(USERS + "@ada:chat.example").json();

    for (var flag :
        List.of(
            "is_guest", "admin", "deactivated", "shadow_banned", "erased", "locked", "suspended")) {
      assertThat(user.path(flag).isBoolean()).as(flag).isTrue();
    }
    assertThat(user.path("external_ids").toString())
        .isEqualTo("[{\"auth_provider\":\"oidc-corp\",\"external_id\":\"ada-1000\"}]");
  }

  @Test
  void displayNameAndCreationAreShown() {
    var id = gateway.newUser("shown");
    gateway.execute("update homeserver.account set displayname = 'Ann' where user_id = ?", id);

    var user = gateway.admin().get(USERS + id).json();

    assertThat(user.path("displayname").asText()).isEqualTo("Ann");
    assertThat(user.path("creation_ts").longValue()).isEqualTo(1_700_000_000);
    assertThat(user.path("admin").isBoolean()).isTrue();
  }

  @Test
  void newestConnectionIsTheLastSight() {
    var user = gateway.newUser("seen");
    gateway.users().connection(user, "D", "10.0.0.1", 5000);
    gateway.users().connection(user, null, "10.0.0.2", 7000);
    gateway.execute(
        "insert into homeserver.device (user_id, device_id, last_seen_at) values (?, 'D', 9000)",
        user);

    assertThat(gateway.admin().get(USERS + user).json().path("last_seen_ts").longValue())
        .isEqualTo(7000);
  }

  @Test
  void whatIsUnknownOfAUserIsNullOrEmpty() {
    var user = gateway.admin().get(USERS + gateway.newUser("bare")).json();

    for (var key :
        List.of(
            "displayname",
            "avatar_url",
            "appservice_id",
            "consent_server_notice_sent",
            "consent_version",
            "consent_ts",
            "user_type",
            "last_seen_ts")) {
      assertThat(user.path(key).isNull()).as(key).isTrue();
    }
    assertThat(user.path("threepids").toString()).isEqualTo("[]");
    assertThat(user.path("external_ids").toString()).isEqualTo("[]");
  }

  @Test
  void deactivatedUserIsShownAsAnyOther() {
    var user = gateway.newUser("gone");
    gateway.execute(
        "update homeserver.account set deactivated = true, erased = true where user_id = ?", user);

    var shown = gateway.admin().get(USERS + user).json();

    assertThat(shown.path("deactivated").booleanValue()).isTrue();
    assertThat(shown.path("erased").booleanValue()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "nonsense, 400 M_INVALID_PARAM",
    "'', 400 M_INVALID_PARAM",
    "@ada, 400 M_INVALID_PARAM",
    "nonsense:chat.example, 400 M_INVALID_PARAM",
    "@ada:other.example, 400 M_UNKNOWN",
    "@ada:CHAT.example, 400 M_UNKNOWN",
    "@ada:chat.example:8448, 400 M_UNKNOWN",
    "@nobody:chat.example, 404 M_NOT_FOUND",
    "@ADA:chat.example, 404 M_NOT_FOUND",
    "%40ada%3Achat.example, 200",
    "@:chat.example, 404 M_NOT_FOUND"
  })
  void idIsCheckedForShapeThenPlaceThenExistence(String id, String outcome) {
    assertThat(gateway.admin().get(USERS + id).outcome()).isEqualTo(outcome);
  }

  @Test
  void onlyAdminsSeeUsers() {
    assertThat(gateway.strangers("GET", USERS + "nonsense")).isEqualTo(CommunityGateway.REFUSED);
  }
}
