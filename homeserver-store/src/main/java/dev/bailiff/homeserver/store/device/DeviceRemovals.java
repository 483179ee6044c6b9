package dev.bailiff.homeserver.store.device;

import java.util.List;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/**
 * Deletes devices with their keys, pushers and tokens as part of the caller's transaction
 * (admin-api 4.24). Hidden entries, which are cross-signing keys, stay; key backups belong to no
 * device. An id without a device is no error: keys, pushers and tokens that are stored under the id
 * are deleted.
 */
public final class DeviceRemovals {

  private static final List<String> OF_DEVICES =
      List.of(
          """
          delete from homeserver.device
          where user_id = :user and device_id = any (:devices) and not hidden
          """,
          """
          delete from homeserver.e2e_key
          where user_id = :user and device_id = any (:devices) and kind <> 'backup'
          """,
          "delete from homeserver.access_token where user_id = :user and device_id = any (:devices)",
          "delete from homeserver.pusher where user_id = :user and device_id = any (:devices)");

  /** The pushers come first, as the statement finds them by way of the devices. */
  private static final List<String> OF_USERS =
      List.of(
          """
          delete from homeserver.pusher p using homeserver.device d
          where p.user_id = any (:users) and d.user_id = p.user_id and d.device_id = p.device_id
            and not d.hidden
          """,
          "delete from homeserver.e2e_key where user_id = any (:users) and kind <> 'backup'",
          "delete from homeserver.device where user_id = any (:users) and not hidden");

  /** The statements of {@link #OF_USERS} for one user, except one of the devices. */
  private static final List<String> OF_USER_BUT_ONE =
      List.of(
          """
          delete from homeserver.pusher p using homeserver.device d
          where p.user_id = :user and d.user_id = p.user_id and d.device_id = p.device_id
            and not d.hidden and d.device_id <> :kept
          """,
          """
          delete from homeserver.e2e_key
          where user_id = :user and kind <> 'backup' and device_id <> :kept
          """,
          "delete from homeserver.device where user_id = :user and not hidden and device_id <> :kept");

  private DeviceRemovals() {}

  /** All statements, for the test of their plans. */
  static Stream<String> statements() {
    return Stream.of(OF_DEVICES, OF_USERS, OF_USER_BUT_ONE).flatMap(List::stream);
  }

  /** Deletes the given devices of one user with their tokens. */
  public static void of(Handle handle, String user, List<String> devices) {
    for (String statement : OF_DEVICES) {
      handle
          .createUpdate(statement)
          .bind("user", user)
          .bindArray("devices", String.class, devices)
          .execute();
    }
  }

  /** Deletes all devices of users; the tokens stay. */
  public static void ofAll(Handle handle, List<String> users) {
    for (String statement : OF_USERS) {
      handle.createUpdate(statement).bindArray("users", String.class, users).execute();
    }
  }

  /** Deletes all devices of a user except one; the tokens stay. */
  public static void ofAllBut(Handle handle, String user, String kept) {
    for (String statement : OF_USER_BUT_ONE) {
      handle.createUpdate(statement).bind("user", user).bind("kept", kept).execute();
    }
  }
}
