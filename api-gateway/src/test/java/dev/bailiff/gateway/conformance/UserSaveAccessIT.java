package dev.bailiff.gateway.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Modifies who gets in: password, lock, deactivation and admin right. */
@Section("4.2")
class UserSaveAccessIT extends UserSaveFixture {
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
}
