package dev.bailiff.job.store;

import dev.bailiff.job.PublishableCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * The windows of the kinds: only so many segments of a kind are in flight at a time. Segments
 * outside the window wait until they are let in, in the order of {@code jobs.queue}: by priority,
 * then by requester in turn, then by the age of their job (decision 0060).
 *
 * <p>A window has {@link LeaseConfig#window} places, or three for each segment that is worked now,
 * if that is more: as many workers as there are find something to do. A segment that waits for a
 * time has no place, as it keeps nobody from working. A segment that waits for a homeserver has
 * one: all other segments would only wait for the same homeserver.
 */
final class SegmentWindow {

  /** Two are enough to keep to a rate, and each segment in flight asks for its turn. */
  private static final int MOST_OF_A_BOUNDED_RATE = 2;

  /**
   * Factor by which a window is larger while segments are so short that they are worked in groups:
   * each slot holds a group of them, and works it off quickly.
   */
  static final int PLACES_OF_GROUPS = 4;

  private static final int NO_BOUND = Integer.MAX_VALUE;

  /**
   * Whether the job of a segment {@code s} is paused: then its segments stay outside the window.
   */
  static final String IS_PAUSED =
      "(select j.status = 'paused' from jobs.job j where j.job_id = s.job_id)";

  /** The columns {@code rank} and {@code most} of {@code jobs.queue}, of a job {@code j}. */
  static final String RANK_AND_MOST =
      "5 - j.priority, case when j.max_rate is null then null else "
          + MOST_OF_A_BOUNDED_RATE
          + " end";

  private static final String ENQUEUE =
      """
      insert into jobs.queue (job_id, kind, requester, accepted_at, rank, most)
      select j.job_id, j.kind, j.requester, j.accepted_at, %s
        from jobs.job j where j.job_id = :job and j.status in ('scheduled', 'active')
      on conflict (job_id) do update set rank = excluded.rank, most = excluded.most
      """
          .formatted(RANK_AND_MOST);

  private static final String REORDER =
      "update jobs.queue q set (rank, most) = (select %s from jobs.job j where j.job_id = q.job_id) where q.job_id = :job"
          .formatted(RANK_AND_MOST);

  private static final String DEQUEUE = "delete from jobs.queue where job_id = :job";

  private static final String EMPTY =
      """
      update jobs.segment set publish_at = null, epoch = epoch + 1
       where job_id = :job and stage_n = :stage and status = 'ready' and publish_at is not null
      """;

  /**
   * Fills windows; the parameter is where to find the kinds. The segments in flight are counted by
   * job first, as they are of few jobs: the planner would read all jobs otherwise.
   */
  private static final String FILL =
      """
      with recursive kind as materialized (
        select distinct kind from %s
      ), turn as (
        select q.kind, q.rank, q.requester
          from kind k
         cross join lateral (
               select n.kind, n.rank, n.requester from jobs.queue n
                where n.kind = k.kind order by n.rank, n.requester limit 1) q
         union all
        select q.kind, q.rank, q.requester
          from turn t
         cross join lateral (
               select n.kind, n.rank, n.requester from jobs.queue n
                where n.kind = t.kind and (n.rank, n.requester) > (t.rank, t.requester)
                order by n.rank, n.requester limit 1) q
      ), working as materialized (
        select s.job_id, count(*) as published, count(*) filter (where s.status = 'leased') as leased,
               count(*) filter (where s.status = 'leased' or s.publications > 0 or s.homeserver_waits > 0) as placed
          from jobs.segment s
         where s.status in ('ready', 'leased') and s.publish_at is not null and exists (select from turn)
         group by s.job_id
      ), flight as materialized (
        select j.kind, j.requester, sum(w.leased) as leased,
               sum(case when j.max_rate is null then w.placed else w.published end) as segments
          from working w
         cross join lateral (select kind, requester, max_rate from jobs.job where job_id = w.job_id limit 1) j
         group by j.kind, j.requester
      ), room as materialized (
        select k.kind, least(:most, greatest(:window, 3 * coalesce(sum(f.leased), 0)) - coalesce(sum(f.segments), 0)) as places
          from kind k left join flight f on f.kind = k.kind
         group by k.kind
      ), chosen as materialized (
        select t.kind, t.rank, t.requester, coalesce(f.segments, 0) as segments, r.places,
               row_number() over (partition by t.kind order by t.rank, coalesce(f.segments, 0), t.requester) as nth
          from turn t
          join room r on r.kind = t.kind and r.places > 0
          left join flight f on f.kind = t.kind and f.requester = t.requester
      ), waiting as materialized (
        select c.kind, c.rank, c.requester, c.segments, c.places, n.job_id, n.accepted_at, n.stage_n, n.segment_n
          from chosen c
         cross join lateral (
               select q.job_id, q.accepted_at, h.stage_n, h.segment_n
                 from jobs.queue q
                cross join lateral (
                      select s.stage_n, s.segment_n
                        from jobs.segment s
                       where s.job_id = q.job_id and s.status = 'ready' and s.publish_at is null
                       order by s.stage_n, s.segment_n
                       limit case when q.most is null then c.places
                                  else greatest(0, q.most - (select count(*) from jobs.segment o
                                                              where o.job_id = q.job_id and o.status in ('ready', 'leased')
                                                                and o.publish_at is not null)) end
                         for update skip locked) h
                where q.kind = c.kind and q.rank = c.rank and q.requester = c.requester
                order by q.accepted_at, q.job_id
                limit c.places) n
         where c.nth <= c.places
      ), ordered as (
        select w.*, row_number() over (partition by w.kind order by w.rank, w.segments + w.mine, w.accepted_at, w.job_id, w.mine) as nth
          from (select v.*, row_number() over (partition by v.kind, v.rank, v.requester
                                                   order by v.accepted_at, v.job_id, v.stage_n, v.segment_n) as mine
                  from waiting v) w
      )
      update jobs.segment s
         set publish_at = clock_timestamp() + :republishMillis * interval '1 millisecond', publications = 1,
             ready_at = clock_timestamp()
        from ordered o
       where o.nth <= o.places
         and s.job_id = o.job_id and s.stage_n = o.stage_n and s.segment_n = o.segment_n
      returning s.job_id, o.kind, s.stage_n, s.segment_n, s.epoch, s.express,
                not exists (select from jobs.segment h
                             where h.job_id = s.job_id and h.stage_n = s.stage_n and h.segment_n > s.segment_n
                               and h.status = 'ready' and h.publish_at is null) as is_last
      """;

  private static final String FILL_OF_JOB = FILL.formatted("jobs.job where job_id = :job");

  private static final String FILL_ALL = FILL.formatted("jobs.queue");

  /** Leaves out a job that a planner is adding segments to. */
  private static final String LEAVE_QUEUE =
      """
      delete from jobs.queue
       where job_id in (
               select q.job_id from jobs.queue q
                where q.job_id = any(:jobs)
                  and not exists (select from jobs.segment s
                                   where s.job_id = q.job_id and s.status = 'ready' and s.publish_at is null)
                  for update skip locked)
      """;

  private static final String SCHEDULE =
      """
      update jobs.segment s
         set publish_at = greatest(clock_timestamp(), j.run_at), publications = 0, ready_at = clock_timestamp()
        from jobs.job j
       where j.job_id = s.job_id and s.job_id = :job and s.stage_n = :stage and s.status = 'ready'
         and s.publish_at is null and j.run_at > clock_timestamp()
      """;

  private final Handle handle;
  private final LeaseConfig config;

  SegmentWindow(Handle handle, LeaseConfig config) {
    this.handle = handle;
    this.config = config;
  }

  /** Puts a job into the queue, as some of its segments wait outside the window. */
  void enqueue(UUID job) {
    handle.createUpdate(ENQUEUE).bind("job", job).execute();
  }

  /**
   * Gives a job its place in the queue anew, if it waits there: its priority or rate has changed.
   */
  void reorder(UUID job) {
    handle.createUpdate(REORDER).bind("job", job).execute();
  }

  /**
   * Takes a job out of the queue, and all its segments that nobody works out of the window. Their
   * epoch moves on: a slow worker may still hold a command that Kafka has delivered again since and
   * that was accepted, as there was nothing to do for it. That worker must not take a lease later,
   * as no delivery would stand behind the lease.
   */
  void empty(StageKey stage) {
    handle.createUpdate(DEQUEUE).bind("job", stage.job()).execute();
    handle.createUpdate(EMPTY).bind("job", stage.job()).bind("stage", stage.stage()).execute();
  }

  /**
   * Has the first segment of a stage published when its job is due to begin, if that is later.
   *
   * @return whether it is later
   */
  boolean isScheduled(StageKey stage) {
    return handle
            .createUpdate(SCHEDULE)
            .bind("job", stage.job())
            .bind("stage", stage.stage())
            .execute()
        > 0;
  }

  /**
   * Lets the next segments into the window of the kind of a job. Two segments that finish at the
   * same time each see the other still in flight, so each lets in only its own replacement.
   *
   * @param places how many segments of a kind may be in flight
   * @return the commands of the segments that were let in
   */
  List<PublishableCommand> fill(UUID job, int places) {
    return fill(handle.createQuery(FILL_OF_JOB).bind("job", job), places, NO_BOUND);
  }

  /**
   * Lets segments into the window of a job's kind in place of some that were given back.
   *
   * @param count how many were given back
   */
  List<PublishableCommand> exchange(UUID job, int count) {
    return fill(
        handle.createQuery(FILL_OF_JOB).bind("job", job),
        PLACES_OF_GROUPS * config.window(),
        count);
  }

  /** Lets the next segments into the windows of all kinds. */
  List<PublishableCommand> fillAll() {
    return fill(handle.createQuery(FILL_ALL), config.window(), NO_BOUND);
  }

  private List<PublishableCommand> fill(Query query, int places, int most) {
    var emptied = new ArrayList<UUID>();
    var commands =
        query
            .bind("window", places)
            .bind("most", most)
            .bind("republishMillis", config.republishAfter().toMillis())
            .map(
                (row, context) -> {
                  if (row.getBoolean("is_last")) {
                    emptied.add(row.getObject("job_id", UUID.class));
                  }
                  return CommandRow.read(row);
                })
            .list();
    if (!emptied.isEmpty()) {
      handle.createUpdate(LEAVE_QUEUE).bind("jobs", emptied.toArray(UUID[]::new)).execute();
    }
    return commands;
  }
}
