package dev.bailiff.homeserver.store.room;

import dev.bailiff.database.LongTextOrder;

/**
 * Statements of the list of rooms; they expect summaries that are up to date. The orders by name
 * and by joined members have an index, which yields a page. All other lists read all rooms and
 * their summaries: 30 MB at a hundred thousand rooms. A search looks for parts of texts, and every
 * page comes with the total. An index for each of the thirteen orders would cost every change of a
 * room thirteen entries, only to save the sorting of a page.
 */
final class RoomListSql {

  static final String NAME = "s.name";

  /** The length of a name is not limited. */
  static final LongTextOrder BY_NAME = new LongTextOrder(NAME, "s.room_id");

  static final String JOINED_MEMBERS = "s.joined_members";

  /** For a room without a current state: the number that it had when the state was dropped. */
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

  /** The planner leaves this outer join out if no condition uses the summaries. */
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
   * The page is cut before the whole rows of its rooms are read: of the rooms before the page, only
   * the ids are read.
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
