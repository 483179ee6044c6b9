package dev.bailiff.job.store;

import dev.bailiff.job.PublishableCommand;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Rule 4: segments whose commands are due to be published, for the first time or again. */
final class DueSegments {

  /** The due segments; {@link DutyTerms} asks whether there are any. */
  static final String FROM =
      """
      from jobs.segment s join jobs.job j on j.job_id = s.job_id
      where s.status = 'ready' and s.publish_at <= clock_timestamp()
        and j.status in ('scheduled', 'active') and j.cancel_requested_at is null
      """;

  private static final String REPUBLISH =
      """
      with due as (
        select s.job_id, s.stage_n, s.segment_n, j.kind
        """
          + FROM
          + """
         order by s.publish_at
         limit :limit
           for update of s skip locked)
      update jobs.segment s
         set publish_at = clock_timestamp()
               + least(:republishMillis * 2 ^ least(s.publications, 20), :atMostMillis) * interval '1 millisecond',
             publications = s.publications + 1, express = s.express and s.publications < 2
        from due d
       where s.job_id = d.job_id and s.stage_n = d.stage_n and s.segment_n = d.segment_n
      returning s.job_id, d.kind, s.stage_n, s.segment_n, s.epoch, s.express
      """;

  /**
   * A row shows how long its wait was when it was written: the number of publications, or, before
   * the first, the time at which the segment got ready. So a clock that was put back by a minute
   * delays nothing by a minute.
   */
  private static final String MAKE_FAR_DUE =
      """
      update jobs.segment s
         set publish_at = clock_timestamp()
       where (s.job_id, s.stage_n, s.segment_n) in (
               select w.job_id, w.stage_n, w.segment_n
                 from jobs.segment w join jobs.job j on j.job_id = w.job_id
                where w.status = 'ready' and w.publish_at > clock_timestamp()
                  and w.publish_at is distinct from j.run_at
                  and (w.publish_at > clock_timestamp()
                         + case when w.publications = 0 then :atMostMillis
                                else least(:republishMillis * 2 ^ least(w.publications - 1, 20), :atMostMillis) end
                           * interval '1 millisecond'
                       or w.publications = 0 and w.ready_at > clock_timestamp() + interval '1 second')
                limit :limit
                  for update of w skip locked)
      """;

  private static final String MAKE_DUE =
      """
      update jobs.segment
         set publish_at = clock_timestamp(), publications = 0
       where status = 'ready' and publish_at > clock_timestamp()
         and publications > 0
      """;

  private final Handle handle;
  private final LeaseConfig config;

  DueSegments(Handle handle, LeaseConfig config) {
    this.handle = handle;
    this.config = config;
  }

  /**
   * Moves due segments on and returns their commands. Any number of callers share the work. A
   * command that the express slots did not take the second time goes to the topic of its kind:
   * there may be no worker with express slots.
   */
  List<PublishableCommand> republish(int limit) {
    return handle
        .createQuery(REPUBLISH)
        .bind("limit", limit)
        .bind("republishMillis", config.republishAfter().toMillis())
        .bind("atMostMillis", config.republishAtMost().toMillis())
        .map((row, context) -> CommandRow.read(row))
        .list();
  }

  /**
   * Makes segments due that wait longer than their wait can be: the clock has been put back since.
   * A job that was accepted for a later time waits for that time, however far away it is. Returns
   * how many segments these were.
   */
  int makeFarDue(int limit) {
    return handle
        .createUpdate(MAKE_FAR_DUE)
        .bind("limit", limit)
        .bind("republishMillis", config.republishAfter().toMillis())
        .bind("atMostMillis", config.republishAtMost().toMillis())
        .execute();
  }

  /**
   * Makes all ready segments due now: Kafka was wiped and has lost the commands. Returns how many
   * segments these were.
   */
  int makeDue() {
    return handle.createUpdate(MAKE_DUE).execute();
  }
}
