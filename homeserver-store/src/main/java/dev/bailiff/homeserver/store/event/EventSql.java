package dev.bailiff.homeserver.store.event;

/**
 * Every statement of the batch operations on {@code homeserver.event}. The statements stand
 * together because {@code EventStatementsExplainIT} runs these very texts and checks their plans:
 * at 100 million events none of them may read the table from end to end.
 */
public final class EventSql {

  /**
   * New events get a greater depth than all events of the room, so that a purge of history that
   * began earlier does not count them as old. If other servers have used up the depths, new events
   * get depths close to the greatest possible one. Events whose id exists already are left alone.
   */
  static final String INSERT =
      """
      with arrival as materialized (
        select n.*, row_number() over (partition by n.room_id order by n.place) as nth
        from unnest(:eventIds::text[], :roomIds::text[], :types::text[], :senders::text[],
                    :stateKeys::text[], :contents::text[], :extras::text[])
             with ordinality as n (event_id, room_id, type, sender, state_key, content, extra, place)),
      deepest as materialized (
        select r.room_id,
               (select e.depth from homeserver.event e
                where e.room_id = r.room_id and not e.outlier order by e.depth desc limit 1) as depth
        from (select distinct room_id from arrival) r)
      insert into homeserver.event
        (stream_ordering, depth, origin_server_ts, room_id, event_id, type, sender, state_key, content, extra)
      select nextval('homeserver.event_stream_ordering'),
             least(coalesce(deepest.depth, 0), 9223372036854775807 - n.nth) + n.nth,
             (extract(epoch from now()) * 1000)::bigint,
             n.room_id, n.event_id, n.type, n.sender, n.state_key, n.content::json, n.extra::json
      from arrival n
      join deepest on deepest.room_id = n.room_id
      order by n.place
      on conflict (event_id) do nothing
      """;

  /**
   * The events that are to be redacted, but for their times; of memberships, only joins are. A text
   * is looked for in what the index of the sender has found, as no index of texts could be kept by
   * every room and every message.
   */
  private static final String REDACTABLE =
      """
      e.type = any (:types::text[])
        and (:contains::text is null or homeserver.body_contains(e.content, :contains::text))
      """;

  /** Contents of messages are emptied; of others some keys stay, which ones the content tells. */
  private static final String CONTENT_OF_OTHERS =
      "case when e.type not in ('m.room.message', 'm.room.encrypted') then e.content end";

  /**
   * Pages of the events of a user in a room that may be redacted, newest first, for {@code
   * redactionRanges}.
   */
  public static final String REDACTION_RANGES =
      """
      select part, max(stream_ordering) as newest, min(stream_ordering) as oldest, count(*) as items
      from (select c.stream_ordering, (row_number() over (order by c.stream_ordering desc) - 1) / :size as part
            from (select e.stream_ordering
                  from homeserver.event e
                  where e.sender = :user and e.room_id = :room and e.stream_ordering < :below
                    and %s
                    and (:afterAt::bigint is null or e.origin_server_ts >= :afterAt::bigint)
                    and (:beforeAt::bigint is null or e.origin_server_ts <= :beforeAt::bigint)
                  order by e.stream_ordering desc
                  limit :limit) c) d
      group by part
      order by part
      """
          .formatted(REDACTABLE);

  /**
   * How many events of users a redaction would redact: of the newest candidates per room, those
   * that are not redacted. Rooms are those named, those that each user is joined to or banned from,
   * or all that the user ever wrote in. Of membership events only joins are redacted.
   */
  public static final String COUNT_REDACTABLE =
      """
      select u.place, count(c.event_id) as events
      from unnest(:users::text[]) with ordinality as u (user_id, place)
      left join lateral (
        select e.event_id
        from (select n.room_id from unnest(:rooms::text[]) as n (room_id)
              union all
              select m.room_id from homeserver.membership m
              where cardinality(:rooms::text[]) = 0 and not :everywhere and m.user_id = u.user_id
                and (m.membership = 'ban' or (m.membership = 'join' and %3$s))
              union all
              select distinct w.room_id from homeserver.event w where :everywhere and w.sender = u.user_id) r
        cross join lateral (
          select e.event_id, e.room_id, e.sender, e.type, e.content
          from homeserver.event e
          where e.sender = u.user_id and e.room_id = r.room_id and %1$s
            and (:afterAt::bigint is null or e.origin_server_ts >= :afterAt::bigint)
            and (:beforeAt::bigint is null or e.origin_server_ts <= :beforeAt::bigint)
          order by e.stream_ordering desc
          limit :limit::bigint) e
        where (e.type <> 'm.room.member' or e.content::text like '%%"join"%%')
          and not %2$s) c on true
      group by u.place
      order by u.place
      """
          .formatted(REDACTABLE, RedactionSql.IS_REDACTED, CurrentState.existsIn("m.room_id"));

  /** The newest events of some ranges that may be redacted, in the order of the ranges. */
  public static final String REDACTION_CANDIDATES =
      """
      select r.place, e.room_id, e.stream_ordering, e.event_id, e.type, e.content, e.extra,
             %2$s as redacted
      from unnest(:users::text[], :rooms::text[], :newest::bigint[], :oldest::bigint[],
                  :afterAt::bigint[], :beforeAt::bigint[])
           with ordinality as r (user_id, room_id, newest, oldest, after_at, before_at, place)
      cross join lateral (
        select e.room_id, e.stream_ordering, e.event_id, e.type, e.sender, e.extra,
               %3$s as content
        from homeserver.event e
        where e.sender = r.user_id and e.room_id = r.room_id
          and e.stream_ordering between r.oldest and r.newest
          and %1$s
          and (r.after_at is null or e.origin_server_ts >= r.after_at)
          and (r.before_at is null or e.origin_server_ts <= r.before_at)
        order by e.stream_ordering desc
        limit :size) e
      order by r.place, e.stream_ordering desc
      limit :size
      """
          .formatted(REDACTABLE, RedactionSql.IS_REDACTED, CONTENT_OF_OTHERS);

  /**
   * The newest events of a user in a room that may be redacted, with contents that may name media.
   */
  public static final String REDACTION_MEDIA =
      """
      select e.stream_ordering, %2$s
      from homeserver.event e
      where e.sender = :user and e.room_id = :room and e.stream_ordering < :below
        and %1$s
        and (:afterAt::bigint is null or e.origin_server_ts >= :afterAt::bigint)
        and (:beforeAt::bigint is null or e.origin_server_ts <= :beforeAt::bigint)
      order by e.stream_ordering desc
      limit :limit
      """
          .formatted(REDACTABLE, DeletableMedia.CONTENT);

  /** The events of a room in the order of arrival, with contents that may name media. */
  public static final String ROOM_MEDIA =
      """
      select e.stream_ordering, %s
      from homeserver.event e
      where e.room_id = :room and e.stream_ordering > :after
      order by e.stream_ordering
      limit :limit
      """
          .formatted(DeletableMedia.CONTENT);

  /** All events in the order of the key, with contents that may name media. */
  public static final String ALL_MEDIA =
      """
      select e.room_id, e.stream_ordering, %s
      from homeserver.event e
      where (e.room_id, e.stream_ordering) > (:room, :after::bigint)
      order by e.room_id, e.stream_ordering
      limit :limit
      """
          .formatted(DeletableMedia.CONTENT);

  /**
   * Replaces the contents of events by their pruned form. Rows are found by key and locked in the
   * order of the arrays.
   */
  static final String PRUNE =
      """
      update homeserver.event e
      set content = n.content::json, extra = n.extra::json
      from unnest(:rooms::text[], :orderings::bigint[], :contents::text[], :extras::text[])
           as n (room_id, stream_ordering, content, extra)
      where e.room_id = n.room_id and e.stream_ordering = n.stream_ordering
      """;

  /**
   * Events of a user in some rooms that may be redacted, newest first, at most {@code share} in
   * each room. The rows are the events that have no redaction and still have content, and the last
   * event read of each room. Each row has the number of events read in its room; a room without
   * events yields no row. A redacted message has no content left. A membership and some others keep
   * some keys, and the reader of the rows decides whether it still has others.
   */
  public static final String UNREDACTED =
      """
      select c.place, c.stream_ordering, c.items, c.type, c.content, c.unredacted, c.room_version
      from (select r.place, e.stream_ordering, e.type, e.content, e.unredacted, m.room_version,
                   count(*) over room as items,
                   min(e.stream_ordering) over room as last
            from unnest(:rooms::text[], :below::bigint[], :share::bigint[])
                 with ordinality as r (room_id, below, share, place)
            cross join lateral (
              select e.stream_ordering, e.type,
                     %3$s as content,
                     not %2$s
                       and (e.type = 'm.room.member' or e.content::text <> '{}') as unredacted
              from homeserver.event e
              where e.sender = :user and e.room_id = r.room_id and e.stream_ordering < r.below
                and %1$s
                and (:afterAt::bigint is null or e.origin_server_ts >= :afterAt::bigint)
                and (:beforeAt::bigint is null or e.origin_server_ts <= :beforeAt::bigint)
              order by e.stream_ordering desc
              limit r.share) e
            left join homeserver.room m on m.room_id = r.room_id
            window room as (partition by r.place)) c
      where c.unredacted or c.stream_ordering = c.last
      """
          .formatted(REDACTABLE, RedactionSql.IS_REDACTED, CONTENT_OF_OTHERS);

  /** Users' membership events by any sender, each user in a room and from a position on. */
  public static final String MEMBER_EVENTS =
      """
      select n.place, e.room_id, e.stream_ordering, e.content, e.extra
      from unnest(:users::text[], :rooms::text[], :behind::bigint[])
           with ordinality as n (user_id, room_id, behind, place)
      cross join lateral (
        select e.room_id, e.stream_ordering, e.content, e.extra
        from homeserver.event e
        where e.type = 'm.room.member' and e.state_key = n.user_id and e.room_id = n.room_id
          and e.stream_ordering > n.behind
        order by e.stream_ordering
        limit :limit) e
      order by n.place, e.stream_ordering
      limit :limit
      """;

  /**
   * The end of a range or a batch of a purge, read from the primary key before any row is changed.
   */
  public static final String PURGE_BOUND =
      """
      select max(e.stream_ordering) as bound, count(*) as items
      from (select e.stream_ordering
            from homeserver.event e
            where e.room_id = :room and e.stream_ordering > :after and e.stream_ordering <= :newest
            order by e.stream_ordering
            limit :size) e
      """;

  /**
   * Deletes from the end of the last batch up to the bound, so that index entries of rows that were
   * just deleted are not read again. The statement has no "returning", which would fetch each row
   * once more.
   */
  public static final String PURGE =
      """
      delete from homeserver.event
      where room_id = :room and stream_ordering > :after and stream_ordering <= :bound
      """;

  /**
   * The rows of redactions are deleted with their events, which an index of redaction events alone
   * finds.
   */
  public static final String PURGE_REDACTIONS =
      """
      delete from homeserver.redaction r
      using (select e.event_id
             from homeserver.event e
             where e.type = 'm.room.redaction'
               and e.room_id = :room and e.stream_ordering > :after and e.stream_ordering <= :bound
             order by e.event_id) gone
      where r.event_id = gone.event_id
      """;

  /**
   * The number of events of a room that are left in a slice of the order of arrival. The count
   * stops at {@code limit}.
   */
  public static final String COUNT_LEFT =
      """
      select count(*)
      from (select from homeserver.event e
            where e.room_id = :room and e.stream_ordering > :after and e.stream_ordering <= :newest
            order by e.stream_ordering
            limit :limit) e
      """;

  /**
   * The rooms in which a user wrote, from one to the next in the index of the sender: a user of a
   * million events in ten rooms costs ten look-ups.
   */
  public static final String WRITTEN_ROOMS =
      """
      with recursive written as (
        (select e.room_id, 1 as n from homeserver.event e
          where e.sender = :user and e.room_id > :afterRoom order by e.room_id limit 1)
        union all
        (select next.room_id, w.n + 1
          from written w
          cross join lateral (
            select e.room_id from homeserver.event e
             where e.sender = :user and e.room_id > w.room_id
             order by e.room_id limit 1) next
         where w.n < :limit))
      select room_id from written order by room_id
      """;

  /** The last number given to an event; events that arrive later get greater ones. */
  public static final String LAST_ARRIVAL =
      "select last_value from homeserver.event_stream_ordering";

  private EventSql() {}
}
