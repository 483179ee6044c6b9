package dev.bailiff.homeserver.store.room;

import dev.bailiff.database.AdvisoryLock;
import dev.bailiff.homeserver.store.event.CurrentState;

/** Statements that bring the summaries of rooms up to date. */
final class SummarySql {

  static final String ANY_CHANGE = "select exists (select from homeserver.room_change)";

  /**
   * One transaction at a time: of two, the one that read first could write last and store old
   * values.
   */
  static final String ALONE = AdvisoryLock.ROOM_SUMMARIES.take();

  /**
   * The notes are taken in no order, as any room is as good as another, and deleted by their
   * location. All notes read of a chosen room are deleted, as each room is computed once.
   */
  static final String TAKE =
      """
      with noted as materialized (select ctid as place, room_id from homeserver.room_change limit :notes),
      chosen as (select distinct room_id from noted limit :rooms),
      taken as (
        delete from homeserver.room_change
        where ctid = any (array(select n.place from noted n join chosen c on c.room_id = n.room_id)))
      select room_id, (select count(*) from noted) as seen from chosen
      """;

  static final String COUNTS =
      """
      select r.room_id, state.has_create,
             (select count(*) from homeserver.current_state s where s.room_id = r.room_id) as state_events,
             case when state.has_create then members.joined else 0 end as joined,
             case when state.has_create then members.joined_local else 0 end as joined_local
      from unnest(:rooms::text[]) as n (room_id)
      join homeserver.room r on r.room_id = n.room_id
      cross join lateral (
        select %s as has_create) state
      cross join lateral (
        select count(*) as joined, count(*) filter (
                 where m.user_server = (select server_name from homeserver.server)) as joined_local
        from homeserver.membership m
        where m.room_id = r.room_id and m.membership = 'join') members
      """
          .formatted(CurrentState.existsIn("r.room_id"));

  static final String STATE =
      """
      select s.room_id, s.type, e.content
      from homeserver.current_state s
      join homeserver.event e on e.event_id = s.event_id
      where s.room_id = any (:rooms) and s.state_key = '' and s.type = any (:types)
      """;

  /** The create event, which remains when the current state of a room is gone (admin-api 5.6). */
  static final String CREATION =
      """
      select n.room_id, c.content
      from unnest(:rooms::text[]) as n (room_id)
      cross join lateral (
        select first.content
        from (select e.type, e.content, e.stream_ordering
              from homeserver.event e
              where e.room_id = n.room_id
              order by e.stream_ordering
              limit 50) first
        where first.type = 'm.room.create'
        order by first.stream_ordering
        limit 1) c
      """;

  static final String SAVE =
      """
      insert into homeserver.room_summary as s
        (room_id, name, topic, canonical_alias, encryption, join_rules, guest_access, history_visibility, room_type,
         federatable, joined_members, joined_local_members, state_events)
      select n.room_id, n.name, n.topic, n.canonical_alias, n.encryption, n.join_rules, n.guest_access,
             n.history_visibility, n.room_type, n.federatable, n.joined, n.joined_local, n.state_events
      from unnest(:rooms::text[], :names::text[], :topics::text[], :aliases::text[], :encryptions::text[], :joinRules::text[],
                  :guestAccess::text[], :visibilities::text[], :types::text[], :federatable::boolean[],
                  :joined::bigint[], :joinedLocal::bigint[], :stateEvents::bigint[])
           as n (room_id, name, topic, canonical_alias, encryption, join_rules, guest_access, history_visibility,
                 room_type, federatable, joined, joined_local, state_events)
      on conflict (room_id) do update
      set name = excluded.name, topic = excluded.topic, canonical_alias = excluded.canonical_alias, encryption = excluded.encryption,
          join_rules = excluded.join_rules, guest_access = excluded.guest_access,
          history_visibility = excluded.history_visibility, room_type = excluded.room_type,
          federatable = excluded.federatable, joined_members = excluded.joined_members,
          joined_local_members = excluded.joined_local_members, state_events = excluded.state_events
      """;

  static final String FORGET =
      """
      delete from homeserver.room_summary s
      where s.room_id = any (:rooms)
        and not exists (select from homeserver.room r where r.room_id = s.room_id)
      """;

  private SummarySql() {}
}
