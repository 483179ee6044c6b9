package dev.bailiff.homeserver.store.roomdeletion;

import dev.bailiff.homeserver.LocalId;
import dev.bailiff.homeserver.batch.BatchOutcome;
import dev.bailiff.homeserver.batch.Fact;
import dev.bailiff.homeserver.batch.Failure;
import dev.bailiff.homeserver.batch.Target;
import dev.bailiff.homeserver.roomdeletion.RoomPreparation;
import dev.bailiff.homeserver.store.batch.RoomLocks;
import dev.bailiff.homeserver.store.event.Ids;
import dev.bailiff.homeserver.store.membership.Memberships;
import dev.bailiff.homeserver.store.membership.Profiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * The first two steps of a room's deletion (admin-api 4.37): block it, create the replacement room.
 */
final class RoomPreparations {

  private static final String BLOCK =
      """
      insert into homeserver.blocked_room (room_id, user_id)
      select room_id, :user from unnest(:rooms::text[]) as r (room_id) order by room_id
      on conflict do nothing
      returning room_id
      """;

  private final Handle handle;
  private final String server;
  private final RoomPreparation preparation;

  private long done;
  private long skipped;
  private final List<Failure> failures = new ArrayList<>();
  private final List<Fact> facts = new ArrayList<>();

  RoomPreparations(Handle handle, String server, RoomPreparation preparation) {
    this.handle = handle;
    this.server = server;
    this.preparation = preparation;
  }

  BatchOutcome run() {
    Map<String, String> known =
        RoomLocks.share(handle, preparation.rooms().stream().map(Target::id).toList());
    List<Target> accepted =
        preparation.rooms().stream().filter(room -> accepts(room, known)).toList();
    List<String> blocked = preparation.block() ? block(accepted) : List.of();
    for (Target room : accepted) {
      boolean isKnown = known.containsKey(room.id());
      facts.add(new Fact(room.number(), "known", Boolean.toString(isKnown)));
      boolean changed = blocked.contains(room.id());
      int failedBefore = failures.size();
      // An unknown room has no members to move, so it gets no replacement (admin-api 5.1).
      if (isKnown && preparation.newRoomUser() != null) {
        changed |= replace(room, preparation.newRoomUser());
      }
      if (failures.size() == failedBefore) {
        done += changed ? 1 : 0;
        skipped += changed ? 0 : 1;
      }
    }
    return new BatchOutcome(done, skipped, failures, List.of(), facts, null, null);
  }

  private boolean accepts(Target room, Map<String, String> known) {
    if (preparation.requireKnown() && !known.containsKey(room.id())) {
      fail(room, 404, "M_NOT_FOUND", "Unknown room id " + room.id());
      return false;
    }
    if (preparation.requireEmpty() && RoomReads.hasLocalMembers(handle, server, room.id())) {
      fail(room, 400, "M_UNKNOWN", "Users are still joined to this room");
      return false;
    }
    return true;
  }

  /** Blocks rooms. Returns the rooms that were not blocked before. */
  private List<String> block(List<Target> rooms) {
    return handle
        .createQuery(BLOCK)
        .bind("user", preparation.admin())
        .bindArray("rooms", String.class, rooms.stream().map(Target::id).toArray())
        .mapTo(String.class)
        .list();
  }

  private boolean replace(Target room, String creator) {
    // The accepting side may not have checked this: a user of another server makes no rooms here.
    if (!LocalId.isOf(creator, server)) {
      fail(room, 400, "M_UNKNOWN", "User must be our own: " + creator);
      return false;
    }
    if (!creator.startsWith("@")) {
      fail(room, 400, "M_INVALID_PARAM", "Not a user id: " + creator);
      return false;
    }
    Profiles.Profile profile = Profiles.lock(handle, creator);
    if (profile.deactivated()) {
      fail(room, 403, "M_USER_DEACTIVATED", "The account is closed: " + creator);
      return false;
    }
    if (profile.suspended()) {
      fail(room, 403, "M_USER_SUSPENDED", "The user is suspended: " + creator);
      return false;
    }
    ReplacementRoom replacement =
        new ReplacementRoom(
            Ids.derived("replacement", preparation.job(), room.id()),
            new Memberships.Joiner(creator, profile.displayname(), profile.avatarUrl()),
            preparation.newRoomName());
    facts.add(new Fact(room.number(), "new_room_id", replacement.roomId()));
    return replacement.create(handle);
  }

  private void fail(Target room, int status, String code, String text) {
    failures.add(new Failure(room.id(), room.number(), true, status, code, text));
  }
}
