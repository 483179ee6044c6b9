package dev.bailiff.worker.simulation;

import dev.bailiff.job.JobId;
import dev.bailiff.job.JobStatus;
import dev.bailiff.job.JobView;
import dev.bailiff.job.store.JobStore;
import java.util.HashSet;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/** Counts in the data what jobs did, and holds it against what they say. */
final class Ledger {
  private final Jdbi jdbi;
  private final JobStore store;

  Ledger(Jdbi jdbi, JobStore store) {
    this.jdbi = jdbi;
    this.store = store;
  }

  /** All jobs there are, told or not. */
  List<JobId> jobs() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select job_id from jobs.job")
                .mapTo(java.util.UUID.class)
                .map(JobId::new)
                .list());
  }

  boolean allEnded() {
    return count("select count(*) from jobs.job where finalized_at is null") == 0
        && count("select count(*) from jobs.transition where sent_at is null") == 0;
  }

  /**
   * Checks a job that has ended.
   *
   * @param items of its stage {@code tally}
   */
  void check(JobId id, long items) {
    var job = store.reader().find(id).orElseThrow(() -> new Violation("the job is lost: " + id));
    require(job.status().isTerminal(), job, "has no end");
    long effects = effects(id, "select count(*) from tally where job_id = :job");
    long different =
        effects(id, "select count(distinct (stage, item)) from tally where job_id = :job");
    require(effects == different, job, "did something twice");
    var progress = job.progress();
    require(progress.done() == effects, job, "counts " + progress + ", really " + effects);
    require(
        progress.failed()
            == effects(id, "select count(*) from jobs.failure where job_id::text = :job"),
        job,
        "counts failures that are not listed");
    require(
        effects(
                id,
                """
                select count(*) from jobs.failure f join tally t on t.job_id = f.job_id::text and t.item = f.item
                 where f.job_id::text = :job
                """)
            == 0,
        job,
        "lists as failed what was done");
    if (job.status() == JobStatus.COMPLETED) {
      require(progress.settled() == items + 1, job, "left something out: " + progress);
    }
    require(
        effects(
                id,
                "select count(*) from jobs.segment where job_id::text = :job and status in ('ready', 'leased')")
            == 0,
        job,
        "has open segments");
    require(
        effects(id, "select count(*) from jobs.claim where job_id::text = :job") == 0,
        job,
        "keeps claims");
    var path = path(id);
    require(
        path.equals(List.of("scheduled", "active", job.status().word()))
            || path.equals(List.of("scheduled", job.status().word())),
        job,
        "went this way: " + path);
  }

  private List<String> path(JobId id) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select to_status from jobs.transition where job_id = :job order by transition_id")
                .bind("job", id.value())
                .mapTo(String.class)
                .list());
  }

  private long effects(JobId id, String query) {
    return jdbi.withHandle(
        handle -> handle.createQuery(query).bind("job", id.toString()).mapTo(Long.class).one());
  }

  private long count(String query) {
    return jdbi.withHandle(handle -> handle.createQuery(query).mapTo(Long.class).one());
  }

  private static void require(boolean holds, JobView job, String otherwise) {
    if (!holds) {
      throw new Violation("the " + job.status().word() + " job " + otherwise);
    }
  }

  /** Forgets everything, for the next schedule. */
  void clear() {
    jdbi.useHandle(
        handle ->
            List.of(
                    "delete from jobs.claim",
                    "delete from jobs.failure",
                    "delete from jobs.transition",
                    "delete from jobs.segment",
                    "delete from jobs.target",
                    "delete from jobs.stage",
                    "delete from jobs.job",
                    "delete from tally")
                .forEach(handle::execute));
  }

  /**
   * Checks jobs that claim the same target: each must have ended before the next had its first
   * effect.
   */
  void checkTurns(List<JobId> sameTarget) {
    var ids = sameTarget.stream().map(JobId::toString).toArray(String[]::new);
    var inOrder =
        jdbi.withHandle(
            handle ->
                handle
                    .createQuery("select job_id from tally where job_id = any(:ids) order by n")
                    .bind("ids", ids)
                    .mapTo(String.class)
                    .list());
    var over = new HashSet<String>();
    String current = "";
    for (var id : inOrder) {
      if (!id.equals(current)) {
        over.add(current);
        current = id;
      }
      if (over.contains(id)) {
        throw new Violation("two jobs worked on one claimed target at a time");
      }
    }
  }
}
