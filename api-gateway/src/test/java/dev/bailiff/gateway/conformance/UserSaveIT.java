package dev.bailiff.gateway.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.gateway.Reply;
import dev.bailiff.testing.homeserver.Community;
import dev.bailiff.testing.homeserver.EventRow;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Creates or modifies a user. */
@Section("4.2")
class UserSaveIT {
  @RegisterExtension static final CommunityGateway gateway = CommunityGateway.shared();

  private static final String USERS = "/_synapse/admin/v2/users/";

  private static Reply save(String user, String body) {
    return gateway.admin().put(USERS + user, body);
  }

  private static String newId() {
    return Community.user(gateway.newName("saved"));
  }

  private static String login(String user, String password) {
    return gateway
        .nobody()
        .post(
            "/_matrix/client/v3/login",
            "{\"type\": \"m.login.password\", \"user\": \"%s\", \"password\": \"%s\"}"
                .formatted(user, password))
        .outcome();
  }

  @Test
  void emptyObjectCreatesABareAccountAndThenChangesNothing() {
    var user = newId();

    var created = save(user, "{}");
    var again = save(user, "{}");

    assertThat(created.status()).isEqualTo(201);
    assertThat(created.json().path("displayname").asText())
        .isEqualTo(user.substring(1, user.indexOf(':')));
    assertThat(created.json().path("admin").booleanValue()).isFalse();
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.json())
        .isEqualTo(created.json())
        .isEqualTo(gateway.admin().get(USERS + user).json());
  }

  @Test
  void everyKeyIsStoredAtCreation() {
    var user = newId();
    var name = user.substring(1, user.indexOf(':'));

    var created =
        save(
                user,
                """
                {"password": "secret", "displayname": "  As given ", "avatar_url": "not an mxc", "admin": true, "user_type": "bot",
                 "threepids": [{"medium": "email", "address": " Saved+%1$s@Mail.example "}, {"medium": "msisdn", "address": "%1$s"}],
                 "external_ids": [{"auth_provider": "p", "external_id": "%1$s"}, {"auth_provider": "p", "external_id": "2-%1$s"}]}
                """
                    .formatted(name))
            .json();

    assertThat(created.path("displayname").asText()).isEqualTo("  As given ");
    assertThat(created.path("avatar_url").asText()).isEqualTo("not an mxc");
    assertThat(created.path("admin").booleanValue()).isTrue();
    assertThat(created.path("user_type").asText()).isEqualTo("bot");
    assertThat(created.path("threepids").findValuesAsText("address"))
        .containsExactlyInAnyOrder("saved+" + name + "@mail.example", name);
    assertThat(created.path("external_ids").findValuesAsText("external_id"))
        .containsExactlyInAnyOrder(name, "2-" + name);
    assertThat(login(user, "secret")).isEqualTo("200");
  }

  @Test
  void newAccountIsActiveAndUnlockedWhateverTheBodySays() {
    var deactivated = save(newId(), "{\"deactivated\": true}");
    var locked = save(newId(), "{\"locked\": true}");

    assertThat(deactivated.status()).isEqualTo(201);
    assertThat(deactivated.json().path("deactivated").booleanValue()).isFalse();
    assertThat(locked.json().path("locked").booleanValue()).isFalse();
  }

  @Test
  void displayNameIsRemovedByTheEmptyOneAndStrippedAtModification() {
    var user = newId();

    assertThat(save(user, "{\"displayname\": \"\"}").json().path("displayname").isNull()).isTrue();
    assertThat(save(user, "{\"displayname\": \" Name \"}").json().path("displayname").asText())
        .isEqualTo("Name");
    assertThat(save(user, "{\"displayname\": \"   \"}").json().path("displayname").textValue())
        .isEmpty();
    assertThat(save(user, "{\"displayname\": \"\"}").json().path("displayname").isNull()).isTrue();
    assertThat(save(newId(), "{\"displayname\": null}").json().path("displayname").textValue())
        .startsWith("saved-");
  }

  @Test
  void newProfileIsShownInTheRoomsOfTheUserAndTheSameOneIsNotShownAgain() {
    var user = newId();
    save(user, "{}");
    var room = "!" + gateway.newName("room") + ":chat.example";
    var join =
        EventRow.member(gateway.rooms().room(room), user)
            .content("{\"membership\":\"join\"}")
            .insert(gateway.jdbi(), "$join" + room);
    gateway.rooms().member(room, user, "join", join);
    gateway.rooms().current(room, "m.room.member", user, join);

    for (int i = 0; i < 2; i++) {
      save(user, "{\"displayname\": \"New\", \"avatar_url\": \"mxc://chat.example/new\"}");
    }

    assertThat(
            gateway.value(
                """
                select e.content from homeserver.current_state s
                join homeserver.membership m on m.event_id = s.event_id
                join homeserver.event e on e.event_id = s.event_id
                where s.room_id = ?
                """,
                room))
        .isEqualTo(
            "{\"avatar_url\":\"mxc://chat.example/new\",\"displayname\":\"New\",\"membership\":\"join\"}");
    assertThat(gateway.value("select count(*) from homeserver.event where room_id = ?", room))
        .isEqualTo("2");
  }

  @Test
  void avatarAndTypeAreSetAndCleared() {
    var user = newId();
    save(user, "{\"avatar_url\": \"mxc://chat.example/a\", \"user_type\": \"support\"}");

    var cleared = save(user, "{\"avatar_url\": \"\", \"user_type\": null}").json();

    assertThat(cleared.path("avatar_url").isNull()).isTrue();
    assertThat(cleared.path("user_type").isNull()).isTrue();
  }

  @Test
  void addressThatStaysKeepsItsTimesAndOneInAnotherSpellingIsNew() {
    var user = newId();
    var address = gateway.newName("a") + "@mail.example";
    save(user, "{\"threepids\": [{\"medium\": \"email\", \"address\": \"" + address + "\"}]}");
    gateway.execute(
        "update homeserver.threepid set added_at = 1, validated_at = 1 where user_id = ?", user);

    var kept =
        save(user, "{\"threepids\": [{\"medium\": \"email\", \"address\": \"" + address + "\"}]}")
            .json();
    var anew =
        save(
                user,
                "{\"threepids\": [{\"medium\": \"email\", \"address\": \""
                    + address.replace('m', 'M')
                    + "\"}]}")
            .json();

    assertThat(kept.path("threepids").path(0).path("added_at").longValue()).isEqualTo(1);
    assertThat(anew.path("threepids").path(0).path("address").asText()).isEqualTo(address);
    assertThat(anew.path("threepids").path(0).path("added_at").longValue()).isGreaterThan(1);
    assertThat(save(user, "{\"threepids\": null}").json().path("threepids")).hasSize(1);
    assertThat(save(user, "{\"threepids\": []}").json().path("threepids")).isEmpty();
  }

  @Test
  void addressOfAnotherUserMoves() {
    var first = newId();
    var second = newId();
    var body =
        "{\"threepids\": [{\"medium\": \"email\", \"address\": \""
            + gateway.newName("m")
            + "@mail.example\"}]}";
    save(first, body);

    assertThat(save(second, body).json().path("threepids")).hasSize(1);

    assertThat(gateway.admin().get(USERS + first).json().path("threepids")).isEmpty();
  }

  @Test
  void pusherOfAnAddressGoesWithIt() {
    var user = newId();
    var address = gateway.newName("p") + "@mail.example";
    save(user, "{\"threepids\": [{\"medium\": \"email\", \"address\": \"" + address + "\"}]}");
    gateway.execute(
        "insert into homeserver.pusher values (?, 'm.email', ?, 'email', 'A', 'D', '')",
        user,
        address);

    save(user, "{\"threepids\": []}");

    assertThat(new SessionRows(gateway, user).left()).isEmpty();
  }

  @Test
  void externalIdOfAnotherUserIsAConflictThatChangesNothing() {
    var first = newId();
    var second = newId();
    var taken = "{\"auth_provider\": \"p\", \"external_id\": \"" + gateway.newName("x") + "\"}";
    save(first, "{\"external_ids\": [" + taken + "]}");
    var before =
        save(
                second,
                "{\"external_ids\": [{\"auth_provider\": \"p\", \"external_id\": \""
                    + second
                    + "\"}]}")
            .json();

    var refused = save(second, "{\"displayname\": \"Other\", \"external_ids\": [" + taken + "]}");
    var created = save(newId(), "{\"external_ids\": [" + taken + "]}");

    assertThat(refused.outcome()).isEqualTo("409 M_UNKNOWN");
    assertThat(refused.json().path("error").asText()).isEqualTo("External id is already in use.");
    assertThat(created.outcome()).isEqualTo("409 M_UNKNOWN");
    assertThat(gateway.admin().get(USERS + second).json()).isEqualTo(before);
    assertThat(gateway.admin().get(USERS + first).json().path("external_ids")).hasSize(1);
  }

  @Test
  void newPasswordEndsTheSessionsUnlessAskedOtherwise() {
    var user = newId();
    save(user, "{\"password\": \"first\"}");
    var sessions = new SessionRows(gateway, user);
    sessions.add("A");

    save(user, "{\"password\": \"second\", \"logout_devices\": false}");
    assertThat(sessions.left()).contains("device A");
    save(user, "{\"password\": \"third\"}");

    assertThat(sessions.left()).containsExactly("hidden device", "backup key");
    assertThat(login(user, "third")).isEqualTo("200");
    assertThat(save(user, "{\"password\": null}").status()).isEqualTo(200);
    assertThat(login(user, "third")).isEqualTo("200");
  }

  @Test
  void adminWhoChangesTheirOwnPasswordKeepsTheSessionTheyUse() {
    var user = gateway.newUser("saved");
    gateway.execute("update homeserver.account set admin = true where user_id = ?", user);
    var token = gateway.newToken(user, "MINE");
    gateway.newToken(user, "OTHER");

    assertThat(gateway.with(token).put(USERS + user, "{\"password\": \"x\"}").outcome())
        .isEqualTo("200");

    assertThat(new SessionRows(gateway, user).left()).containsExactly("token of MINE");
  }

  @Test
  void lockedUserKeepsTheirTokensWhichAreRefused() {
    var user = newId();
    save(user, "{}");
    var self = gateway.with(gateway.newToken(user, null));

    assertThat(save(user, "{\"locked\": true}").json().path("locked").booleanValue()).isTrue();
    assertThat(self.get("/_matrix/client/v3/account/whoami").outcome())
        .isEqualTo("401 M_USER_LOCKED");
    assertThat(save(user, "{\"locked\": false}").json().path("locked").booleanValue()).isFalse();
    assertThat(self.get("/_matrix/client/v3/account/whoami").outcome()).isEqualTo("200");
  }

  @Test
  void reactivationBringsTheAccountBackAndNothingElse() {
    var user = newId();
    save(user, "{}");
    gateway.execute(
        "update homeserver.account set deactivated = true, erased = true, displayname = null where user_id = ?",
        user);

    var back = save(user, "{\"deactivated\": false}").json();

    assertThat(back.path("deactivated").booleanValue()).isFalse();
    assertThat(back.path("erased").booleanValue()).isFalse();
    assertThat(back.path("displayname").isNull()).isTrue();
    assertThat(login(user, "x")).isEqualTo("403 M_FORBIDDEN");
  }

  @Test
  void deactivationIsAJobThatTheCallWaitsFor() {
    var user = newId();
    save(user, "{}");

    var reply =
        gateway
            .admin()
            .with("Prefer: respond-async")
            .put(USERS + user, "{\"deactivated\": true, \"displayname\": \"Gone\"}");
    var job = reply.headers().get("Bailiff-Job");

    assertThat(reply.status()).isEqualTo(202);
    assertThat(
            gateway.value(
                "select kind || ' ' || (parameters ->> 'erase') from jobs.job where job_id = ?::uuid",
                job))
        .isEqualTo("deactivate-users false");
    assertThat(gateway.admin().get(USERS + user).json().path("displayname").asText())
        .isEqualTo("Gone");
  }

  @Test
  void deactivationOfADeactivatedUserIsNoChange() {
    var user = newId();
    save(user, "{}");
    gateway.execute("update homeserver.account set deactivated = true where user_id = ?", user);

    assertThat(save(user, "{\"deactivated\": true}").outcome()).isEqualTo("200");
  }

  @Test
  void adminsDoNotDemoteThemselves() {
    assertThat(save("@admin:chat.example", "{\"admin\": false}").outcome())
        .isEqualTo("400 M_UNKNOWN");
    assertThat(save("@admin:chat.example", "{\"admin\": true}").outcome()).isEqualTo("200");
  }

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
