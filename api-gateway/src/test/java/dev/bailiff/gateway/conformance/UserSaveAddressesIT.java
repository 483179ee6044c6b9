package dev.bailiff.gateway.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Modifies the addresses and the external ids of a user. */
@Section("4.2")
class UserSaveAddressesIT extends UserSaveFixture {
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
    var third = newId();
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
    var created = save(third, "{\"external_ids\": [" + taken + "]}");

    assertThat(refused.outcome()).isEqualTo("409 M_UNKNOWN");
    assertThat(refused.json().path("error").asText()).isEqualTo("External id is already in use.");
    assertThat(created.outcome()).isEqualTo("409 M_UNKNOWN");
    assertThat(created.json().path("error").asText()).isEqualTo("External id is already in use.");
    assertThat(gateway.admin().get(USERS + third).status()).isEqualTo(404);
    assertThat(gateway.admin().get(USERS + second).json()).isEqualTo(before);
    assertThat(gateway.admin().get(USERS + first).json().path("external_ids")).hasSize(1);
  }
}
