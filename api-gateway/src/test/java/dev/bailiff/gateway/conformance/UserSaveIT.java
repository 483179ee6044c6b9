package dev.bailiff.gateway.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.testing.homeserver.EventRow;
import org.junit.jupiter.api.Test;

/** Creates or modifies a user: what is stored, and what clients see. */
@Section("4.2")
class UserSaveIT extends UserSaveFixture {
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
  void userIsCreatedThenModified() {
    var user = newId();
    var name = user.substring(1, user.indexOf(':'));

    var created = save(user, "{\"password\": \"secret\", \"threepids\": \"\"}");
    var modified =
        save(
            user,
            """
            {"displayname": " Carl ", "user_type": "bot", "admin": true, "locked": false,
             "threepids": [{"medium": "email", "address": "Carl-%1$s@Example.org"}],
             "external_ids": [{"auth_provider": "p", "external_id": "carl-%1$s"}]}
            """
                .formatted(name));

    assertThat(created.status()).isEqualTo(201);
    assertThat(created.json().path("displayname").asText()).isEqualTo(name);
    assertThat(modified.status()).isEqualTo(200);
    assertThat(modified.json().path("displayname").asText()).isEqualTo("Carl");
    assertThat(modified.json().path("user_type").asText()).isEqualTo("bot");
    assertThat(modified.json().path("admin").booleanValue()).isTrue();
    assertThat(modified.json().path("threepids").path(0).path("address").asText())
        .isEqualTo("carl-" + name + "@example.org");
    assertThat(save(user, "{\"displayname\": \"\"}").json().path("displayname").isNull()).isTrue();
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
}
