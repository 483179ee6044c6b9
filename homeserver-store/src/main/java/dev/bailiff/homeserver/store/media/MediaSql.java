package dev.bailiff.homeserver.store.media;

/**
 * Statements on media. A scope is walked by a time and the media id: a user's media in the order of
 * upload, those of a sweep in the order of last use, each with an index in that order.
 */
final class MediaSql {

  /** Ends of ranges: each {@code size}-th medium of a page, and the page's last. */
  private static final String RANGES =
      """
      select numbered.at, numbered.media_id, numbered.n
      from (select page.at, page.media_id, row_number() over (order by page.at, page.media_id) as n,
                   count(*) over () as items
            from (select %1$s as at, m.media_id
                  from homeserver.local_media m
                  where %2$s and (%1$s, m.media_id) > (:afterAt, :afterId)
                  order by %1$s, m.media_id
                  limit :limit) page) numbered
      where numbered.n %% :size = 0 or numbered.n = numbered.items
      order by numbered.n
      """;

  private static final String IN_RANGE =
      """
      select %1$s as at, m.media_id
      from homeserver.local_media m
      where %2$s
        and (%1$s, m.media_id) > (:afterAt, :afterId) and (%1$s, m.media_id) <= (:uptoAt, :uptoId)
      order by %1$s, m.media_id
      limit :size
      """;

  private static final String UPLOADED = "m.created_at";
  private static final String OF_USER = "m.user_id = :user";

  private static final String LAST_USED = "coalesce(m.last_access_at, m.created_at)";
  private static final String SWEPT =
      "m.quarantined_by is null and not m.safe_from_quarantine"
          + " and m.media_length > :largerThan and "
          + LAST_USED
          + " < :beforeAt";

  static final String RANGES_OF_USER = RANGES.formatted(UPLOADED, OF_USER);
  static final String RANGES_OF_SWEEP = RANGES.formatted(LAST_USED, SWEPT);
  static final String IN_RANGE_OF_USER = IN_RANGE.formatted(UPLOADED, OF_USER);
  static final String IN_RANGE_OF_SWEEP = IN_RANGE.formatted(LAST_USED, SWEPT);

  /** Locks in the order of the ids, so that no two deletions wait for each other. */
  private static final String LOCK =
      """
      select m.media_id
      from homeserver.local_media m
      where m.media_id = any (:ids)%s
      order by m.media_id
      for update
      """;

  static final String LOCK_ANY = LOCK.formatted("");
  static final String LOCK_SWEPT = LOCK.formatted(" and " + SWEPT);

  static final String DELETE_THUMBNAILS =
      "delete from homeserver.local_thumbnail where media_id = any (:ids)";

  static final String DELETE = "delete from homeserver.local_media where media_id = any (:ids)";

  static final String LEFT =
      """
      select n.media_id
      from unnest(:ids::text[]) with ordinality as n (media_id, place)
      where exists (select from homeserver.local_media m where m.media_id = n.media_id)
        or exists (select from homeserver.local_thumbnail t where t.media_id = n.media_id)
      order by n.place
      """;

  static final String AVATARS_OF_ACCOUNTS =
      """
      select a.user_id, a.avatar_url
      from homeserver.account a
      where a.user_id > :after
      order by a.user_id
      limit :size
      """;

  /**
   * Contents of membership events, including past ones: a room's members see the avatars of that
   * time. PostgreSQL filters out contents that name no medium; Java parses the others.
   */
  static final String AVATARS_OF_MEMBERS =
      """
      select e.state_key, e.room_id, e.stream_ordering,
             case when e.content::text like '%mxc:%' then e.content end as content
      from homeserver.event e
      where e.type = 'm.room.member'
        and (e.state_key, e.room_id, e.stream_ordering) > (:user, :room, :ordering)
      order by e.state_key, e.room_id, e.stream_ordering
      limit :size
      """;

  static final String AVATARS_OF_ROOMS =
      """
      select r.room_id, e.content
      from (select room_id from homeserver.room
            where room_id > :after order by room_id limit :size) r
      left join homeserver.current_state s
        on s.room_id = r.room_id and s.type = 'm.room.avatar' and s.state_key = ''
      left join homeserver.event e on e.event_id = s.event_id
      order by r.room_id
      """;

  private MediaSql() {}
}
