package dev.bailiff.homeserver.store.device;

import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/**
 * Devices of the own store (admin-api 4.19 to 4.24). Hidden entries do not count as devices here.
 *
 * <p><b>Concurrency:</b> thread-safe; each call is one short transaction.
 */
public final class Devices {

  static final String LIST =
      """
      select user_id, device_id, display_name, last_seen_ip, last_seen_user_agent, last_seen_at
      from homeserver.device
      where user_id = :user and not hidden
      order by device_id
      """;

  static final String FIND =
      """
      select user_id, device_id, display_name, last_seen_ip, last_seen_user_agent, last_seen_at
      from homeserver.device
      where user_id = :user and device_id = :device and not hidden
      """;

  static final String ADD =
      """
      insert into homeserver.device (user_id, device_id) values (:user, :device)
      on conflict do nothing
      """;

  static final String IS_HIDDEN =
      """
      select hidden from homeserver.device where user_id = :user and device_id = :device
      """;

  static final String RENAME =
      """
      update homeserver.device set display_name = :name
      where user_id = :user and device_id = :device and not hidden
      """;

  private final Jdbi jdbi;

  public Devices(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** All devices of a user, sorted by id. */
  public List<Device> list(String user) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(LIST)
                .bind("user", user)
                .map(ConstructorMapper.of(Device.class))
                .list());
  }

  /** One device of a user; empty for an unknown one. */
  public Optional<Device> find(String user, String device) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(FIND)
                .bind("user", user)
                .bind("device", device)
                .map(ConstructorMapper.of(Device.class))
                .findOne());
  }

  /**
   * Adds a device without name and token; a device that exists stays as it is.
   *
   * @return false if a hidden entry has this id
   */
  public boolean add(String user, String device) {
    return jdbi.inTransaction(
        handle -> {
          int added = handle.createUpdate(ADD).bind("user", user).bind("device", device).execute();
          return added == 1
              || !handle
                  .createQuery(IS_HIDDEN)
                  .bind("user", user)
                  .bind("device", device)
                  .mapTo(Boolean.class)
                  .findOne()
                  .orElse(false);
        });
  }

  /** Sets the name of a device and returns whether the device exists. */
  public boolean rename(String user, String device, String name) {
    return jdbi.withHandle(
            handle ->
                handle
                    .createUpdate(RENAME)
                    .bind("user", user)
                    .bind("device", device)
                    .bind("name", name)
                    .execute())
        == 1;
  }

  /** Deletes devices with their keys, tokens and pushers; unknown ids are no error. */
  public void delete(String user, List<String> devices) {
    jdbi.useTransaction(handle -> DeviceRemovals.of(handle, user, devices));
  }
}
