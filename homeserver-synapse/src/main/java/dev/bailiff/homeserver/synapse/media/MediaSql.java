package dev.bailiff.homeserver.synapse.media;

import java.util.List;

/**
 * Reads of Synapse's tables about files. Each one reads a page by the key of its index.
 *
 * <p>Synapse keeps the content of a redacted event for some days. To everybody it is gone, so such
 * an event names nothing. A redaction counts under the conditions under which Synapse honours it,
 * and only if its event is here: in doubt the event goes on naming its files.
 */
final class MediaSql {

  /** Synapse honours no redaction of the event that creates a room. */
  private static final String IS_REDACTED =
      """
      e.type <> 'm.room.create' and exists (
        select
        from redactions r
        join events x on x.event_id = r.event_id
        join event_json xj on xj.event_id = r.event_id
        where r.redacts = e.event_id
          and x.type = 'm.room.redaction'
          and x.room_id = e.room_id
          and x.rejection_reason is null
          and not exists (select from rejections n where n.event_id = r.event_id)
          and (not r.recheck
               or coalesce(xj.internal_metadata::jsonb ->> 'recheck_redaction', 'false') = 'false'
               or substr(x.sender, strpos(x.sender, ':')) = substr(e.sender, strpos(e.sender, ':'))))
      """;

  /** Events without a name of a medium are not sent to this process. */
  private static final String READABLE =
      """
      left join event_json j on j.event_id = e.event_id and j.json like '%%mxc:%%'
      left join lateral (select (%s) as redacted) v on j.event_id is not null
      """
          .formatted(IS_REDACTED);

  /** The events of a room in the order of arrival. */
  static final String OF_ROOM =
      """
      select e.stream_ordering, case when not v.redacted then j.json end as json
      from (
        select event_id, type, room_id, sender, stream_ordering
        from events
        where room_id = :room and stream_ordering > :after
        order by stream_ordering
        limit :limit) e
      """
          + READABLE
          + "order by e.stream_ordering";

  /** Those of some local media that may be deleted. */
  static final String DELETABLE =
      """
      select media_id
      from local_media_repository
      where media_id = any(:ids) and quarantined_by is null and not safe_from_quarantine
      """;

  private MediaSql() {}

  /**
   * What may name a medium. Synapse's events are the last: what is written into a profile while the
   * events are read shows in an event as well.
   */
  enum Source {
    PROFILES(
        """
        select user_id as k1, concat_ws(' ', avatar_url, fields::text) as text
        from profiles
        where user_id > :k1
        order by user_id
        limit :limit
        """,
        ""),
    ACCOUNT_DATA(
        """
        select user_id as k1, account_data_type as k2, content as text
        from account_data
        where (user_id, account_data_type) > (:k1, :k2)
        order by user_id, account_data_type
        limit :limit
        """,
        "",
        ""),
    ROOM_ACCOUNT_DATA(
        """
        select user_id as k1, room_id as k2, account_data_type as k3, content as text
        from room_account_data
        where (user_id, room_id, account_data_type) > (:k1, :k2, :k3)
        order by user_id, room_id, account_data_type
        limit :limit
        """,
        "",
        "",
        ""),
    EVENTS(
        """
        select e.stream_ordering::text as k1, case when not v.redacted then j.json end as text
        from (
          select event_id, type, room_id, sender, stream_ordering
          from events
          where stream_ordering > :k1::bigint
          order by stream_ordering
          limit :limit) e
        """
            + READABLE
            + "order by e.stream_ordering",
        Long.toString(Long.MIN_VALUE));

    private final String sql;
    private final List<String> start;

    Source(String sql, String... start) {
      this.sql = sql;
      this.start = List.of(start);
    }

    /** Reads the key of each row as {@code k1}, {@code k2} …, and its {@code text}. */
    String sql() {
      return sql;
    }

    /** The key before all rows. */
    List<String> start() {
      return start;
    }
  }
}
