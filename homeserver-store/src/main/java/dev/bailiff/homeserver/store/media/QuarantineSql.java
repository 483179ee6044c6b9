package dev.bailiff.homeserver.store.media;

import dev.bailiff.database.AdvisoryLock;

/**
 * Statements of the quarantine. An advisory lock lets only one call at a time write its changes.
 */
final class QuarantineSql {

  static final String ALONE = AdvisoryLock.QUARANTINE_CHANGES.take();

  /** Positions start behind 1, the position of Synapse's clients before the first change. */
  static final String NEWEST =
      """
      select coalesce(
        (select c.position from homeserver.quarantine_change c order by c.position desc limit 1), 1)
      """;

  static final String CHANGES =
      """
      select position, origin, media_id, quarantined
      from homeserver.quarantine_change
      where position > :after
      order by position
      limit :limit
      """;

  /** Names that were not changed since a position, without duplicates. */
  static final String UNCHANGED =
      """
      select distinct n.origin, n.media_id
      from unnest(:origins::text[], :mediaIds::text[]) as n (origin, media_id)
      where not exists (
        select from homeserver.quarantine_change c
        where c.media_id = n.media_id and c.origin = n.origin and c.position > :since)
      """;

  /** Digests of the named media; when quarantining, without those of protected media. */
  static final String DIGESTS =
      """
      select m.sha256 from homeserver.local_media m
      where m.media_id = any (:localIds) and m.sha256 is not null
        and (:userId::text is null or not m.safe_from_quarantine)
      union
      select r.sha256
      from unnest(:origins::text[], :remoteIds::text[]) as n (origin, media_id)
      join homeserver.remote_media r on r.origin = n.origin and r.media_id = n.media_id
      where r.sha256 is not null
      """;

  /** Locks in the order of the ids, as all statements that lock media do. */
  static final String LOCAL =
      """
      with named as (
        select m.media_id from homeserver.local_media m where m.media_id = any (:localIds)
        union
        select m.media_id from homeserver.local_media m where m.sha256 = any (:digests)),
      locked as materialized (
        select m.media_id
        from homeserver.local_media m
        join named on named.media_id = m.media_id
        where :userId::text is null or not m.safe_from_quarantine
        order by m.media_id
        for no key update of m)
      update homeserver.local_media m
      set quarantined_by = :userId::text
      from locked
      where m.media_id = locked.media_id
      returning m.media_id
      """;

  static final String REMOTE =
      """
      with named as (
        select r.origin, r.media_id
        from unnest(:origins::text[], :remoteIds::text[]) as n (origin, media_id)
        join homeserver.remote_media r on r.origin = n.origin and r.media_id = n.media_id
        union
        select r.origin, r.media_id from homeserver.remote_media r where r.sha256 = any (:digests)),
      locked as materialized (
        select r.origin, r.media_id
        from homeserver.remote_media r
        join named on named.origin = r.origin and named.media_id = r.media_id
        order by r.origin, r.media_id
        for no key update of r)
      update homeserver.remote_media r
      set quarantined_by = :userId::text
      from locked
      where r.origin = locked.origin and r.media_id = locked.media_id
      returning r.origin, r.media_id
      """;

  static final String NOTE =
      """
      insert into homeserver.quarantine_change (position, origin, media_id, quarantined)
      select :newest + n.place, n.origin, n.media_id, :quarantined
      from unnest(:origins::text[], :mediaIds::text[]) with ordinality as n (origin, media_id, place)
      """;

  /** Uploads of a user that nobody put into quarantine or protected. */
  static final String OPEN_OF_USER =
      """
      select m.media_id from homeserver.local_media m
      where m.user_id = :userId and m.media_id > :after
        and m.quarantined_by is null and not m.safe_from_quarantine
      order by m.media_id
      limit :limit
      """;

  static final String PROTECT =
      "update homeserver.local_media set safe_from_quarantine = :safe where media_id = :mediaId";

  private QuarantineSql() {}
}
