package dev.bailiff.homeserver.store.room;

/**
 * Statements of the list of rooms. They read all rooms and their summaries: the search is for parts
 * of texts and the total is told with every page, so no index would spare it. That is 30 MB at a
 * hundred thousand rooms; an index for each of the thirteen orders would cost every change of a
 * room thirteen entries, to spare the sorting of a page.
 */
final class RoomListSql {

  static final String JOINED_MEMBERS = "coalesce(s.joined_members, 0)";

  /** Of a room without a current state, as many as there were when it was dropped. */
  static final String STATE_EVENTS = "coalesce(r.state_events, s.state_events, 0)";

  /**
   * The collation pg_c_utf8 knows upper and lower case beyond ASCII and is the same on every
   * platform.
   */
  private static final String MATCHING =
      """
      from homeserver.room r
      left join homeserver.room_summary s on s.room_id = r.room_id
      where (:inDirectory::boolean is null or r.public = :inDirectory::boolean)
        and (:empty::boolean is null or (coalesce(s.joined_members, 0) = 0) = :empty::boolean)
        and (:term::text is null
          or r.room_id = :term::text
          or lower(s.name collate pg_c_utf8) like lower(:part::text collate pg_c_utf8)
          or lower(split_part(substring(s.canonical_alias from 2), ':', 1) collate pg_c_utf8)
             like lower(:part::text collate pg_c_utf8))
      """;

  static final String COUNT = "select count(*) " + MATCHING;

  private static final String COLUMNS =
      """
      select r.room_id, s.name, s.canonical_alias, coalesce(s.joined_members, 0) as joined_members,
             coalesce(s.joined_local_members, 0) as joined_local_members, r.room_version, r.creator,
             s.encryption, coalesce(s.federatable, true) as federatable, r.public, s.join_rules,
             s.guest_access, s.history_visibility, coalesce(r.state_events, s.state_events, 0) as state_events,
             s.room_type
      """;

  private RoomListSql() {}

  static String page(RoomOrder order, boolean backwards) {
    return COLUMNS
        + MATCHING
        + "order by "
        + order.sorting(backwards)
        + " limit :limit offset :from";
  }
}
