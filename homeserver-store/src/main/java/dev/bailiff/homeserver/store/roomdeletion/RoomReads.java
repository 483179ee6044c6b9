package dev.bailiff.homeserver.store.roomdeletion;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.homeserver.batch.Range;
import dev.bailiff.homeserver.batch.RangePage;
import dev.bailiff.homeserver.batch.Target;
import dev.bailiff.homeserver.batch.Verdict;
import dev.bailiff.homeserver.store.batch.ArrivalWindows;
import dev.bailiff.homeserver.store.event.CurrentState;
import dev.bailiff.homeserver.store.event.EventJson;
import dev.bailiff.homeserver.store.event.EventSql;
import dev.bailiff.homeserver.store.membership.Memberships;
import dev.bailiff.text.CountedNoun;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Reads for the plans and verifications of room jobs. */
final class RoomReads {

  /** Members of a room that are to leave, in ascending order: a page, cut into ranges. */
  private static final String MEMBER_RANGES =
      """
      select part, min(user_id) as first, max(user_id) as last, count(*) as items
      from (select c.user_id, (row_number() over (order by c.user_id) - 1) / :size as part
            from (select m.user_id
                  from homeserver.membership m
                  where m.room_id = :room and m.user_server = :server and m.user_id > :after
                    and %s
                  order by m.user_id
                  limit :limit) c) d
      group by part
      order by part
      """
          .formatted(Memberships.isPresent("m"));

  private static final int PAGE = 64;

  /** Only a room with a current state has joined members (admin-api 5.6). */
  private static final String WITH_LOCAL_MEMBERS =
      """
      select r.room_id
      from unnest(:rooms::text[]) as r (room_id)
      where %s
        and exists (
          select from (
            select from homeserver.membership m
            where m.room_id = r.room_id and m.user_server = :server and m.membership = 'join'
            order by m.user_id desc
            limit 1) as last)
      """
          .formatted(CurrentState.existsIn("r.room_id"));

  private static final String UNBLOCKED =
      """
      select r.room_id from unnest(:rooms::text[]) as r (room_id)
       where not exists (select from homeserver.blocked_room b where b.room_id = r.room_id)
      """;

  private static final String PRESENT =
      """
      select count(*) from homeserver.membership m
      where m.room_id = :room and m.user_server = :server
        and %s
      """
          .formatted(Memberships.isPresent("m"));

  /**
   * The bound of a count: a verdict names the things and their number, but needs no exact millions.
   */
  private static final long COUNT_LIMIT = 100_000;

  /** The tables in the order of the verdict, the same in every process. */
  private static final List<Rest> REST =
      List.of(
          new Rest("state event", "homeserver.current_state"),
          new Rest("membership", "homeserver.membership"),
          new Rest("alias", "homeserver.room_alias"),
          new Rest("receipt", "homeserver.receipt"),
          new Rest("data entry", "homeserver.account_data"),
          new Rest("room", "homeserver.room"));

  private RoomReads() {}

  static RangePage memberRanges(
      Handle handle, String server, Target room, @Nullable Cursor after, int size) {
    long limit = (long) size * PAGE;
    List<MemberRange> ranges =
        handle
            .createQuery(MEMBER_RANGES)
            .bind("room", room.id())
            .bind("server", server)
            .bind("after", after == null ? "" : after.value())
            .bind("size", size)
            .bind("limit", limit)
            .map(
                (rs, ctx) ->
                    new MemberRange(
                        rs.getString("first"), rs.getString("last"), rs.getLong("items")))
            .list();
    boolean more = ranges.stream().mapToLong(MemberRange::items).sum() == limit;
    return new RangePage(
        ranges.stream().map(MemberRange::toRange).toList(),
        more ? new Cursor(ranges.get(ranges.size() - 1).last()) : null);
  }

  static List<Target> withLocalMembers(Handle handle, String server, List<Target> rooms) {
    List<String> found =
        handle
            .createQuery(WITH_LOCAL_MEMBERS)
            .bindArray("rooms", String.class, rooms.stream().map(Target::id).toArray())
            .bind("server", server)
            .mapTo(String.class)
            .list();
    return rooms.stream().filter(room -> found.contains(room.id())).toList();
  }

  static boolean hasLocalMembers(Handle handle, String server, String room) {
    return !withLocalMembers(handle, server, List.of(new Target(0, room))).isEmpty();
  }

  /** The rooms that are not blocked. */
  static List<String> unblocked(Handle handle, List<Target> rooms) {
    return handle
        .createQuery(UNBLOCKED)
        .bindArray("rooms", String.class, rooms.stream().map(Target::id).toArray())
        .mapTo(String.class)
        .list();
  }

  static Verdict verify(Handle handle, String server, Target room, boolean purged) {
    List<String> left = new ArrayList<>();
    if (purged) {
      add(left, events(handle, room.id()), "event");
      REST.forEach(rest -> add(left, count(handle, rest.table(), room.id()), rest.thing()));
    } else {
      long present =
          handle
              .createQuery(PRESENT)
              .bind("room", room.id())
              .bind("server", server)
              .mapTo(Long.class)
              .one();
      add(left, present, "local member");
    }
    return new Verdict(room.number(), left);
  }

  /**
   * Counts only events behind the purge's mark, as all events before it are deleted (see {@link
   * PurgeMarks}); in a room without a mark, counts all. A count over the deleted events would do
   * the work of a vacuum: each page of dead rows that it reads is pruned and written to the log.
   */
  private static long events(Handle handle, String room) {
    ArrivalWindows slices = ArrivalWindows.behind(handle, PurgeMarks.find(handle, room));
    long count = 0;
    while (!slices.atEnd() && count < COUNT_LIMIT) {
      count +=
          handle
              .createQuery(EventSql.COUNT_LEFT)
              .bind("room", room)
              .bind("after", slices.after())
              .bind("newest", slices.newest())
              .bind("limit", COUNT_LIMIT - count)
              .mapTo(Long.class)
              .one();
      slices.advance();
    }
    return count;
  }

  private static long count(Handle handle, String table, String room) {
    return handle
        .createQuery(
            "select count(*) from (select from " + table + " where room_id = :room limit :limit) r")
        .bind("room", room)
        .bind("limit", COUNT_LIMIT)
        .mapTo(Long.class)
        .one();
  }

  private static void add(List<String> left, long count, String thing) {
    if (count > 0) {
      left.add(CountedNoun.of(count, thing));
    }
  }

  /** A table with rows of a room, and the word for one of its rows. */
  private record Rest(String thing, String table) {}

  /** Local members between two user ids, both included. */
  record MemberRange(String first, String last, long items) {

    Range toRange() {
      return new Range(
          EventJson.write(EventJson.object().put("first", first).put("last", last)), items);
    }

    static MemberRange parse(Range range) {
      JsonNode json = EventJson.parse(range.value());
      return new MemberRange(
          json.required("first").textValue(), json.required("last").textValue(), range.items());
    }
  }
}
