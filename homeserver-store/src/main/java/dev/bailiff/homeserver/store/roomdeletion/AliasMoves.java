package dev.bailiff.homeserver.store.roomdeletion;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bailiff.homeserver.batch.BatchOutcome;
import dev.bailiff.homeserver.batch.ListEntry;
import dev.bailiff.homeserver.roomdeletion.AliasMove;
import dev.bailiff.homeserver.store.batch.RoomLocks;
import dev.bailiff.homeserver.store.event.EventJson;
import dev.bailiff.homeserver.store.event.Events;
import dev.bailiff.homeserver.store.event.Ids;
import dev.bailiff.homeserver.store.event.NewEvent;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * The message into the replacement room, and the aliases that move there (admin-api 4.37, step 4).
 */
final class AliasMoves {

  private static final String MOVE =
      """
      update homeserver.room_alias a
      set room_id = :newRoom, creator = :admin
      from (select alias from homeserver.room_alias
            where room_id = :room and substring(alias from position(':' in alias) + 1) = :server
            order by alias
            for no key update) mine
      where a.alias = mine.alias
      returning a.alias
      """;

  private static final String IS_JOINED =
      """
      select exists (
        select from homeserver.membership
        where room_id = :newRoom and user_id = :user and membership = 'join')
      """;

  private AliasMoves() {}

  /**
   * Whether the sender is still joined. A user who has left since, because the account was closed,
   * posts no message.
   */
  private static boolean isJoined(Handle handle, AliasMove move) {
    return handle
        .createQuery(IS_JOINED)
        .bind("newRoom", move.newRoom())
        .bind("user", move.newRoomUser())
        .mapTo(Boolean.class)
        .one();
  }

  /** Posts the message and moves the aliases, unless the replacement room was deleted since. */
  static BatchOutcome move(Handle handle, String server, AliasMove move) {
    boolean exists =
        RoomLocks.share(handle, List.of(move.newRoom(), move.room().id()))
            .containsKey(move.newRoom());
    if (!exists) {
      return BatchOutcome.of(0, 0, null);
    }
    ObjectNode content = EventJson.object().put("body", move.message()).put("msgtype", "m.text");
    if (isJoined(handle, move)) {
      Events.insert(
          handle,
          List.of(
              new NewEvent(
                  Ids.event("message", move.job(), move.room().id()),
                  move.newRoom(),
                  "m.room.message",
                  move.newRoomUser(),
                  null,
                  EventJson.write(content),
                  null)));
    }
    List<String> aliases =
        handle
            .createQuery(MOVE)
            .bind("room", move.room().id())
            .bind("newRoom", move.newRoom())
            .bind("admin", move.admin())
            .bind("server", server)
            .mapTo(String.class)
            .list();
    List<ListEntry> items =
        aliases.stream()
            .sorted()
            .map(alias -> new ListEntry(move.room().number(), "local_aliases", alias))
            .toList();
    return new BatchOutcome(aliases.size(), 0, List.of(), items, List.of(), null, null);
  }
}
