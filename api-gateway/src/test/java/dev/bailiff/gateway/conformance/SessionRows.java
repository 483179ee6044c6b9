package dev.bailiff.gateway.conformance;

import dev.bailiff.secret.Sha256;
import java.util.List;
import java.util.UUID;

/**
 * The sessions of a user as stored. The first session also gets the rows that no logout deletes: a
 * hidden device (a cross-signing key) and a key backup.
 */
record SessionRows(CommunityGateway gateway, String user) {
  private static final String LEFT =
      """
      select what from (
        select 1 as kind, 'device ' || device_id as what from homeserver.device where user_id = :user and not hidden
        union all
        select 2, kind || ' key of ' || device_id from homeserver.e2e_key where user_id = :user and kind <> 'backup'
        union all
        select 3, 'pusher of ' || device_id from homeserver.pusher where user_id = :user
        union all
        select 4, 'token of ' || coalesce(device_id, 'nothing') from homeserver.access_token where user_id = :user
        union all
        select 5, 'hidden device' from homeserver.device where user_id = :user and hidden
        union all
        select 6, 'backup key' from homeserver.e2e_key where user_id = :user and kind = 'backup') left_over
      group by kind, what
      order by kind, what
      """;

  /** A device with a token, its keys and a pusher; returns the token. */
  String add(String device) {
    gateway.addDevice(user, device);
    key(device, "device");
    gateway.execute(
        """
        insert into homeserver.pusher (user_id, app_id, pushkey, kind, app_display_name, device_display_name, profile_tag,
                                       device_id)
        values (?, 'app', ?, 'http', 'App', 'Phone', '', ?)
        """,
        user,
        device,
        device);
    key("", "backup");
    gateway.users().hiddenDevice(user, "cross-signing");
    return gateway.newToken(user, device);
  }

  /** One more key of a device. */
  void key(String device, String kind) {
    gateway.execute(
        "insert into homeserver.e2e_key values (?, ?, ?, ?, '{}') on conflict do nothing",
        user,
        device,
        kind,
        Sha256.of(kind + device));
  }

  /** A token of somebody else that acts as the user. */
  String puppetOf(String owner) {
    var token = UUID.randomUUID().toString();
    gateway.execute(
        "insert into homeserver.access_token (token_sha256, user_id, puppets_user_id) values (?, ?, ?)",
        Sha256.of(token),
        owner,
        user);
    return token;
  }

  /** The rows that are left, each sort once. */
  List<String> left() {
    return gateway
        .jdbi()
        .withHandle(
            handle -> handle.createQuery(LEFT).bind("user", user).mapTo(String.class).list());
  }
}
