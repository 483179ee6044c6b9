package dev.bailiff.homeserver.store.redaction;

import dev.bailiff.homeserver.store.event.EventJson;
import dev.bailiff.homeserver.store.event.PowerLevels;
import dev.bailiff.homeserver.store.event.RedactionRules;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Whether a user may redact other users' events (admin-api 4.34, last lines): the user must be
 * joined and have the power to send and to redact. A user's own events need no power.
 */
public final class RedactionPowers {

  public static final String STATE =
      """
      select r.room_id, r.room_version, r.creator,
             exists (
               select from homeserver.membership m
               where m.room_id = r.room_id and m.user_id = :user and m.membership = 'join') as joined,
             c.sender as create_sender, c.content as create_content, p.content as power_levels
      from homeserver.room r
      left join homeserver.current_state cs
        on cs.room_id = r.room_id and cs.type = 'm.room.create' and cs.state_key = ''
      left join homeserver.event c on c.event_id = cs.event_id
      left join homeserver.current_state ps
        on ps.room_id = r.room_id and ps.type = 'm.room.power_levels' and ps.state_key = ''
      left join homeserver.event p on p.event_id = ps.event_id
      where r.room_id = any (:rooms)
      """;

  private RedactionPowers() {}

  /**
   * The reason per room why the user may not redact; rooms in which the user may redact are
   * missing.
   */
  static Map<String, String> refusals(Handle handle, String user, Collection<String> rooms) {
    Map<String, String> refusals = new HashMap<>();
    handle
        .createQuery(STATE)
        .bind("user", user)
        .bindArray("rooms", String.class, rooms.toArray())
        .map(
            (rs, ctx) -> {
              String refusal =
                  rs.getBoolean("joined")
                      ? refusal(
                          user,
                          PowerLevels.ofRoom(
                              RedactionRules.number(rs.getString("room_version")),
                              rs.getString("create_sender"),
                              EventJson.parse(rs.getString("create_content")),
                              EventJson.parse(rs.getString("power_levels"))))
                      : user + " is not in the room";
              return new String[] {rs.getString("room_id"), refusal};
            })
        .forEach(
            row -> {
              if (row[1] != null) {
                refusals.put(row[0], row[1]);
              }
            });
    return refusals;
  }

  private static @Nullable String refusal(String user, PowerLevels levels) {
    long power = levels.of(user);
    long needed = levels.neededToRedact();
    return power >= needed
        ? null
        : user + " has power " + power + " in the room, redacting takes " + needed;
  }
}
