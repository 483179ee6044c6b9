package dev.bailiff.worker.simulation;

import dev.bailiff.job.JobId;
import dev.bailiff.job.JobStatus;
import dev.bailiff.job.JobView;
import dev.bailiff.job.store.JobStore;
import dev.bailiff.schemas.kind.KindContract;
import dev.bailiff.worker.tally.TallyCounter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** Counts the effects of jobs in the data, and compares them with the jobs' own counters. */
final class Ledger {
  private final Jdbi jdbi;
  private final JobStore store;

  Ledger(Jdbi jdbi, JobStore store) {
    this.jdbi = jdbi;
    this.store = store;
  }

  boolean allEnded() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select not exists (select from jobs.job where finalized_at is null)
                       and not exists (select from jobs.transition where sent_at is null)
                    """)
                .mapTo(Boolean.class)
                .one());
  }

  /**
   * Checks a job that has ended.
   *
   * @param items number of items of its stage {@code tally}
   */
  void check(JobId id, long items) {
    var job = store.reader().find(id).orElseThrow(() -> new Violation("the job is lost: " + id));
    require(job.status().isTerminal(), job, "has no end");
    var found = found(id);
    require(found.effects() == found.different(), job, "did something twice");
    var progress = job.progress();
    require(
        progress.done() == found.effects(),
        job,
        "counts " + progress + ", really " + found.effects());
    // Counts all stages, because a plan that is given up is also listed.
    long failed = job.stages().stream().mapToLong(stage -> stage.progress().failed()).sum();
    require(
        failed == found.failures(),
        job,
        "counts " + failed + " failures and lists " + found.failures());
    require(found.failedAndDone() == 0, job, "lists as failed what was done");
    if (job.status() == JobStatus.COMPLETED) {
      require(
          progress.settled() == items + 1 && progress.skipped() == 0,
          job,
          "left something out: " + progress);
    }
    if (job.status() != JobStatus.CANCELLED) {
      job.stages()
          .forEach(
              stage ->
                  require(
                      stage.progress().settled() == stage.progress().total(),
                      job,
                      "has a stage that does not add up: " + stage));
    }
    require(found.open() == 0, job, "has open segments");
    require(found.claims() == 0, job, "keeps claims");
    require(found.retries() <= 1, job, "was retried more than once");
    checkApproval(id, job);
    // A pause may come at any moment before the end, and so may the question for an approval.
    var path = withoutPauses(path(id));
    require(
        path.equals(List.of("scheduled", "active", job.status().word()))
            || path.equals(List.of("scheduled", job.status().word())),
        job,
        "went this way: " + path);
  }

  /**
   * Checks a dry run that has ended: it changed nothing, has counted each target once if it
   * completed, and was run once at most.
   */
  void checkDryRun(JobId id, int targets) {
    var job = store.reader().find(id).orElseThrow(() -> new Violation("the job is lost: " + id));
    require(job.status().isTerminal(), job, "has no end");
    require(
        job.stages().stream().allMatch(stage -> stage.name().equals("dry-run")),
        job,
        "is a dry run and went on: " + job.stages());
    var found = found(id);
    require(found.effects() == 0, job, "is a dry run and changed something");
    require(found.open() == 0, job, "has open segments");
    require(found.claims() == 0, job, "keeps claims");
    require(found.runs() <= 1, job, "was run more than once");
    if (job.status() == JobStatus.COMPLETED) {
      var plan = store.plans().find(id);
      long counted = plan.numbers().known().getOrDefault(TallyCounter.TARGETS, 0L);
      require(
          counted == targets - 1 && plan.leftOut() == 1,
          job,
          "counts " + counted + " of " + targets + " targets and leaves out " + plan.leftOut());
      require(
          store.plans().leftOut(id, -1, targets).size() == 1,
          job,
          "does not tell what it left out");
    }
  }

  /**
   * Checks that a job which needs an approval did nothing before it: behind a count for somebody to
   * see, there is another one after the approval, and only then the work.
   */
  private void checkApproval(JobId id, JobView job) {
    boolean needs =
        jdbi.withHandle(
            handle ->
                handle
                    .createQuery("select exists (select from jobs.approval where job_id = :job)")
                    .bind("job", id.value())
                    .mapTo(Boolean.class)
                    .one());
    if (!needs) {
      return;
    }
    var names = job.stages().stream().map(stage -> stage.name()).toList();
    int work = 0;
    while (work < names.size() && KindContract.BEFORE_APPROVAL.contains(names.get(work))) {
      work++;
    }
    require(work == names.size() || work >= 2, job, "began without an approval: " + names);
    require(
        names.subList(work, names.size()).stream()
            .noneMatch(KindContract.BEFORE_APPROVAL::contains),
        job,
        "was counted again while it worked: " + names);
  }

  /** The rows of a job. Public, because JDBI only maps public records. */
  public record Found(
      long effects,
      long different,
      long failures,
      long failedAndDone,
      long open,
      long claims,
      long runs,
      long retries) {}

  /** Counts in one statement, because there are many schedules. */
  private Found found(JobId id) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select (select count(*) from tally t where t.job_id = :text) as effects,
                           (select count(distinct (t.stage, t.item)) from tally t where t.job_id = :text) as different,
                           (select count(*) from jobs.failure f where f.job_id = :job) as failures,
                           (select count(*) from jobs.failure f join tally t on t.item = f.item
                             where f.job_id = :job and t.job_id = :text) as failed_and_done,
                           (select count(*) from jobs.segment s
                             where s.job_id = :job and s.status in ('ready', 'leased')) as open,
                           (select count(*) from jobs.claim c where c.job_id = :job) as claims,
                           (select count(*) from jobs.job r where r.plan_job_id = :job) as runs,
                           (select count(*) from jobs.job r where r.retry_of = :job) as retries
                    """)
                .bind("text", id.toString())
                .bind("job", id.value())
                .map(ConstructorMapper.of(Found.class))
                .one());
  }

  private static List<String> withoutPauses(List<String> path) {
    var without = new ArrayList<String>();
    for (var status : path) {
      boolean goesOn = !without.isEmpty() && without.get(without.size() - 1).equals(status);
      boolean waits = status.equals("paused") || status.equals("awaiting_approval");
      if (!waits && !goesOn) {
        without.add(status);
      }
    }
    return without;
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

  private void require(boolean holds, JobView job, String otherwise) {
    if (!holds) {
      throw new Violation(
          "the "
              + job.status().word()
              + " job "
              + otherwise
              + "; its segments: "
              + store.parts().segments(job.id(), -1, -1, 100));
    }
  }

  /** Jobs that wait for an approval, also those whose ids were never told. */
  List<JobId> waiting() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select job_id from jobs.job where status = 'awaiting_approval'")
                .map((row, context) -> new JobId(row.getObject(1, UUID.class)))
                .list());
  }

  /** The open segments, to be shown with a broken promise. */
  List<String> open() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select j.status || ' ' || s::text from jobs.segment s join jobs.job j using (job_id) where s.status in ('ready', 'leased')")
                .mapTo(String.class)
                .list());
  }

  /** Deletes all rows, for the next schedule. */
  void clear() {
    jdbi.useHandle(
        handle ->
            handle.execute(
                """
                delete from jobs.claim; delete from jobs.failure; delete from jobs.transition;
                delete from jobs.segment; delete from jobs.left_out; delete from jobs.plan_number; delete from jobs.target; delete from jobs.stage;
                delete from jobs.job; delete from tally
                """));
  }

  /**
   * Checks jobs that claim the same target: each job must have ended before the next one had its
   * first effect.
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
