package dev.bailiff.gateway.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.testing.homeserver.Community;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bodies and names that are refused, in the order of the checks. */
@Section("4.2")
class UserSaveChecksIT extends UserSaveFixture {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "nonsense; {; 400 M_INVALID_PARAM",
        "@ada:other.example; ''; 400 M_NOT_JSON",
        "@ada:other.example; []; 400 M_BAD_JSON",
        "@ada:other.example; {\"threepids\": [{}]}; 400 M_UNKNOWN",
        "@x:chat.example; {\"threepids\": [{\"medium\": \"email\"}], \"admin\": 1}; 400 M_MISSING_PARAM",
        "@x:chat.example; {\"threepids\": {\"medium\": \"email\"}}; 400 M_MISSING_PARAM",
        "@x:chat.example; {\"threepids\": \"x\"}; 400 M_MISSING_PARAM",
        "@x:chat.example; {\"threepids\": 1}; 400 M_INVALID_PARAM",
        "@x:chat.example; {\"threepids\": [1]}; 400 M_INVALID_PARAM",
        "@x:chat.example; {\"external_ids\": [{\"auth_provider\": \"p\"}], \"user_type\": \"x\"}; 400 M_MISSING_PARAM",
        "@x:chat.example; {\"external_ids\": [{\"auth_provider\": \"p\", \"external_id\": 1}]}; 400 M_INVALID_PARAM",
        "@x:chat.example; {\"external_ids\": false}; 400 M_INVALID_PARAM",
        "@x:chat.example; {\"user_type\": \"x\", \"admin\": 1}; 400 M_UNKNOWN",
        "@x:chat.example; {\"user_type\": 1}; 400 M_UNKNOWN",
        "@x:chat.example; {\"admin\": \"true\", \"password\": 1}; 400 M_BAD_JSON",
        "@x:chat.example; {\"admin\": null}; 400 M_BAD_JSON",
        "@x:chat.example; {\"password\": 1}; 400 M_UNKNOWN",
        "@x:chat.example; {\"password\": \"a\\u0000\"}; 400 M_BAD_JSON",
        "@x:chat.example; {\"logout_devices\": \"false\"}; 400 M_UNKNOWN",
        "@x:chat.example; {\"deactivated\": \"false\"}; 400 M_UNKNOWN",
        "@x:chat.example; {\"locked\": null}; 400 M_UNKNOWN",
        "@x:chat.example; {\"locked\": true, \"deactivated\": true}; 400 M_UNKNOWN"
      })
  void bodyIsCheckedInThisOrderBeforeAnythingIsLookedUp(String id, String body, String outcome) {
    assertThat(save(id, body).outcome()).isEqualTo(outcome);
    assertThat(gateway.admin().get(USERS + "@x:chat.example").outcome())
        .isEqualTo("404 M_NOT_FOUND");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{\"displayname\": null, \"avatar_url\": 1}; 400 M_INVALID_PARAM",
        "{\"displayname\": \"LONG\"}; 400 M_UNKNOWN",
        "{\"displayname\": \"a\\u0000\"}; 400 M_BAD_JSON",
        "{\"threepids\": [{\"medium\": \"fax\", \"address\": \"1\"}]}; 400 M_INVALID_PARAM",
        "{\"threepids\": [{\"medium\": \"email\", \"address\": \"a@b@c\"}], \"avatar_url\": 1}; 400 M_UNKNOWN",
        "{\"external_ids\": [{\"auth_provider\": \"oidc-corp\", \"external_id\": \"ada-1000\"}], \"avatar_url\": 1}; 409 M_UNKNOWN",
        "{\"avatar_url\": null}; 400 M_INVALID_PARAM",
        "{\"avatar_url\": \"LONGLONGLONGLONG\"}; 400 M_UNKNOWN"
      })
  void modificationIsCheckedInThisOrderAndChangesNothingThen(String body, String outcome) {
    var before = gateway.admin().get(USERS + "@dina:chat.example").json();

    assertThat(save("@dina:chat.example", body.replace("LONG", "x".repeat(257))).outcome())
        .isEqualTo(outcome);
    assertThat(gateway.admin().get(USERS + "@dina:chat.example").json()).isEqualTo(before);
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
        "@dina:chat.example; {\"displayname\": null}; 400 M_INVALID_PARAM",
        "@dina:chat.example; {\"avatar_url\": 1}; 400 M_INVALID_PARAM",
        "@New:chat.example; {}; 400 M_INVALID_USERNAME",
        "@_new:chat.example; {}; 400 M_INVALID_USERNAME",
        "@12:chat.example; {}; 400 M_INVALID_USERNAME",
        "@:chat.example; {}; 400 M_INVALID_USERNAME",
        "@admin:chat.example; {\"admin\": false}; 400 M_UNKNOWN"
      })
  void savingRefusesWhatIsWrong(String id, String body, String outcome) {
    assertThat(save(id, body).outcome()).isEqualTo(outcome);
    assertThat(gateway.admin().get(USERS + "@new:chat.example").status()).isEqualTo(404);
  }

  @Test
  void lengthsAreCountedInCharacters() {
    var user = newId();

    assertThat(save(user, "{\"displayname\": \"" + "😀".repeat(256) + "\"}").outcome())
        .isEqualTo("201");
    assertThat(save(user, "{\"avatar_url\": \"" + "x".repeat(1000) + "\"}").outcome())
        .isEqualTo("200");
    assertThat(save(user, "{\"avatar_url\": \"" + "x".repeat(1001) + "\"}").outcome())
        .isEqualTo("400 M_UNKNOWN");
    assertThat(save(user, "{\"password\": \"" + "x".repeat(512) + "\"}").outcome())
        .isEqualTo("200");
    assertThat(save(user, "{\"password\": \"" + "x".repeat(513) + "\"}").outcome())
        .isEqualTo("400 M_UNKNOWN");
  }

  @ParameterizedTest
  @CsvSource({
    "Upper, M_INVALID_USERNAME",
    "'', M_INVALID_USERNAME",
    "_bridge, M_INVALID_USERNAME",
    "12345, M_INVALID_USERNAME",
    "a b, M_INVALID_USERNAME"
  })
  void newUserHasToHaveAUsableName(String localpart, String errcode) {
    assertThat(save("@" + localpart.replace(" ", "%20") + ":chat.example", "{}").outcome())
        .isEqualTo("400 " + errcode);
  }

  @Test
  void nameThatDiffersFromAnOldOneInLetterCaseOnlyIsTaken() {
    var old = gateway.newName("OLD");
    gateway.users().account(Community.user(old));

    assertThat(save(Community.user(old.toLowerCase(Locale.ROOT)), "{}").outcome())
        .isEqualTo("400 M_USER_IN_USE");
    assertThat(save(Community.user(old), "{\"displayname\": \"Old\"}").outcome()).isEqualTo("200");
  }

  @Test
  void avatarThatIsNoTextIsIgnoredAtCreation() {
    assertThat(save(newId(), "{\"avatar_url\": 1}").outcome()).isEqualTo("201");
    assertThat(save("@y:chat.example", "{\"avatar_url\": \"" + "x".repeat(1001) + "\"}").outcome())
        .isEqualTo("400 M_UNKNOWN");
    assertThat(gateway.admin().get(USERS + "@y:chat.example").outcome())
        .isEqualTo("404 M_NOT_FOUND");
  }

  @Test
  void onlyAdminsSaveUsers() {
    assertThat(gateway.strangers("PUT", USERS + "nonsense")).isEqualTo(CommunityGateway.REFUSED);
  }
}
