package dev.bailiff.homeserver.store.room;

import dev.bailiff.database.Conditions;
import dev.bailiff.database.LongTextOrder;
import dev.bailiff.homeserver.store.list.TextSearch;
import org.jdbi.v3.core.statement.Query;

/**
 * Statements of the list of rooms; they expect summaries that are up to date. The orders by name
 * and by joined members have an index, which yields a page. All other lists read all rooms and
 * their summaries: 30 MB at a hundred thousand rooms. A search looks for parts of texts, and every
 * page comes with the total. An index for each of the thirteen orders would cost every change of a
 * room thirteen entries, only to save the sorting of a page.
 */
record RoomListSql(RoomFilter filter, Conditions conditions) {

  static final String NAME = "s.name";

  /** The length of a name is not limited. */
  static final LongTextOrder BY_NAME = new LongTextOrder(NAME, "s.room_id");

  static final String JOINED_MEMBERS = "s.joined_members";

  /** For a room without a current state: the number that it had when the state was dropped. */
  static final String STATE_EVENTS = "coalesce(r.state_events, s.state_events, 0)";

  private static final String BY_TERM =
      "r.room_id = :term::text or "
          + TextSearch.isLike("s.name", "part")
          + " or "
          + TextSearch.isLike("split_part(substring(s.canonical_alias from 2), ':', 1)", "part");

  /** The planner leaves this outer join out if no condition uses the summaries. */
  private static final String COUNT =
      """
      select count(*)
      from homeserver.room r
      left join homeserver.room_summary s on s.room_id = r.room_id
      """;

  private static final String SUMMARIES = "from homeserver.room_summary s\n";

  private static final String ROOMS =
      SUMMARIES + "join homeserver.room r on r.room_id = s.room_id\n";

  /**
   * The page is cut before the whole rows of its rows are read: of the rooms before the page, only
   * the ids are read.
   */
  private static final String PAGE =
      """
      select r.room_id, s.name, s.canonical_alias, s.joined_members,
             s.joined_local_members, r.room_version as version, r.creator,
             s.encryption, s.federatable, r.public as in_directory, s.join_rules,
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

  static RoomListSql of(RoomFilter filter) {
    Conditions conditions =
        new Conditions()
            .andIfSet("r.public = :inDirectory", "inDirectory", filter.inDirectory())
            .andIfSet("(s.joined_members = 0) = :empty", "empty", filter.empty());
    if (filter.term() != null) {
      conditions
          .and(BY_TERM)
          .with("term", filter.term())
          .with("part", TextSearch.containing(filter.term()));
    }
    return new RoomListSql(filter, conditions);
  }

  String count() {
    return COUNT + conditions.where();
  }

  String page() {
    String rooms =
        conditions.isEmpty() && filter.order().isOfSummary()
            ? SUMMARIES
            : ROOMS + conditions.where();
    return PAGE.formatted(rooms, filter.order().sorting(filter.backwards()));
  }

  Query bind(Query query) {
    return conditions.bindTo(query);
  }
}
