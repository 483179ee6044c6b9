package dev.bailiff.homeserver.store.room;

import dev.bailiff.database.LongTextOrder;

/**
 * Statements of the list of rooms, whose summaries are up to date. The orders by name and by joined
 * members have an index, which gives a page. All else reads all rooms and their summaries: 30 MB at
 * a hundred thousand rooms. The search is for parts of texts and the total is told with every page,
 * and an index for each of the thirteen orders would cost every change of a room thirteen entries,
 * to spare the sorting of a page.
 */
final class RoomListSql {

  static final String NAME = "s.name";

  /** Names are as long as somebody likes. */
  static final LongTextOrder BY_NAME = new LongTextOrder(NAME, "s.room_id");

  static final String JOINED_MEMBERS = "s.joined_members";

  /** Of a room without a current state, as many as there were when it was dropped. */
  static final String STATE_EVENTS = "coalesce(r.state_events, s.state_events, 0)";

  /**
   * The collation pg_c_utf8 knows upper and lower case beyond ASCII and is the same on every
   * platform.
   */
  private static final String MATCHING =
      """
      where (:inDirectory::boolean is null or r.public = :inDirectory::boolean)
        and (:empty::boolean is null or (s.joined_members = 0) = :empty::boolean)
        and (:term::text is null
          or r.room_id = :term::text
          or lower(s.name collate pg_c_utf8) like lower(:part::text collate pg_c_utf8)
          or lower(split_part(substring(s.canonical_alias from 2), ':', 1) collate pg_c_utf8)
             like lower(:part::text collate pg_c_utf8))
      """;

  /** An outer join, which the planner leaves out where nothing of the summaries is asked for. */
  static final String COUNT =
      """
      select count(*)
      from homeserver.room r
      left join homeserver.room_summary s on s.room_id = r.room_id
      """
          + MATCHING;

  private static final String SUMMARIES = "from homeserver.room_summary s\n";

  private static final String ROOMS =
      SUMMARIES + "join homeserver.room r on r.room_id = s.room_id\n";

  /**
   * The page is cut before the rest of its rooms is read: nothing but their ids is read of the
   * rooms that are left out before it.
   */
  private static final String PAGE =
      """
      select r.room_id, s.name, s.canonical_alias, s.joined_members,
             s.joined_local_members, r.room_version, r.creator,
             s.encryption, s.federatable, r.public, s.join_rules,
             s.guest_access, s.history_visibility, coalesce(r.state_events, s.state_events, 0) as state_events,
             s.room_type
      from (select p.room_id, row_number() over () as place
            from (select s.room_id
      %1$s
                  order by %2$s limit :limit offset :from) p) p
      join homeserver.room_summary s on s.room_id = p.room_id
      join homeserver.room r on r.room_id = p.room_id
      order by p.place
      """;

  private RoomListSql() {}

  static String page(RoomFilter filter) {
    boolean all = filter.inDirectory() == null && filter.empty() == null && filter.term() == null;
    String rooms = all && filter.order().isOfSummary() ? SUMMARIES : ROOMS + MATCHING;
    return PAGE.formatted(rooms, filter.order().sorting(filter.backwards()));
  }
}
