package dev.bailiff.job.store;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.job.JobId;
import dev.bailiff.job.JobStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Jobs are deleted with everything that belongs to them, in statements of bounded size. The number
 * of rows is small, so that the run stays quick: {@code -Dbailiff.prune.rows=1000000} prunes a job
 * with a million rows of each part.
 */
class JobPruningIT extends JobStoreFixture {
  private static final Duration WEEK = Duration.ofDays(7);
  private static final int ROWS =
      Integer.getInteger("bailiff.prune.rows", JobPruning.ROWS * 2 + 1_000);

  /** One row of each part; {@code n} counts from 1, {@code :job} is the job. */
  private static final Map<String, String> FILL =
      Map.ofEntries(
          entry("target_item", "(job_id, target_n, list, item) select :job, n, 'rooms', '!r:x'"),
          entry("target", "(job_id, target_n, target) select :job, n, '@t' || n || ':x'"),
          entry("found", "(job_id, target) select :job, '@t' || n || ':x'"),
          entry("left_out", "(job_id, target_n, reason) select :job, n, 'r'"),
          entry("plan_number", "(job_id, name, value) select :job, 'n' || n, n"),
          entry("reply_item", "(job_id, target_n, list, item) select :job, n, 'l', 'i'"),
          entry(
              "failure",
              "(job_id, stage_n, segment_n, target_n, item, code, text, attempt) select :job, 0, 0, n, 'i', 'c', 't', 1"),
          entry(
              "segment",
              "(job_id, stage_n, segment_n, status, finalized_at) select :job, 0, n, 'done', now()"),
          entry("stage", "(job_id, stage_n, name) select :job, n % 30000, 's'"),
          entry("transition", "(job_id, to_status, sent_at) select :job, 'failed', now()"),
          entry("claim", "(resource, job_id) select 'r' || n, :job"),
          entry(
              "idempotency_key",
              "(requester, key, request_sha256, job_id) select '@r:x', 'k' || n, '\\x00', :job"));

  @BeforeEach
  void refuseBigStatements() {
    eachPart(
        (handle, part) -> {
          handle.execute(
              "create or replace function jobs.refuse_big() returns trigger language plpgsql as $$ begin if (select count(*) from gone) > "
                  + JobPruning.ROWS
                  + " then raise exception 'too many rows of % in one statement', tg_table_name; end if; return null; end $$");
          handle.execute(
              "create or replace trigger refuse_big after delete on jobs."
                  + part
                  + " referencing old table as gone for each statement execute function jobs.refuse_big()");
        });
  }

  @AfterEach
  void allowBigStatements() {
    jdbi.useHandle(handle -> handle.execute("drop function jobs.refuse_big() cascade"));
  }

  @Test
  void everyPartOfABigJobGoesInBatches() {
    var job = endedJob("@big:x");
    assertThat(FILL).as("a table with job_id is pruned and filled").containsOnlyKeys(parts());
    eachPart((handle, part) -> fill(handle, part, job));

    prune();

    assertThat(store.reader().find(job)).isEmpty();
    eachPart((handle, part) -> assertThat(rows(handle, part)).as(part).isZero());
  }

  @Test
  void endedJobsArePrunedAfterTheirTimeAndOpenOnesNever() {
    var open = accept(request("@a:x"));
    var ended = endedJob("@b:x");
    var recent = accept(request("@c:x").key("k", 1)).job();
    store.settlement().cancel(recent);

    prune();

    assertThat(store.reader().find(ended)).isEmpty();
    assertThat(store.reader().find(open.job())).isPresent();
    assertThat(store.reader().find(recent)).isPresent();
  }

  @Test
  void onlyJobsThatEndedWithTheStatusArePruned() {
    var cancelled = endedJob("@a:x");
    var failed = endedJob("@b:x");
    jdbi.useHandle(
        handle ->
            handle.execute(
                "update jobs.job set status = 'failed', error_text = 'no' where job_id = ?",
                failed.value()));

    store.pruning().page(JobStatus.COMPLETED, Duration.ZERO, JobPruning.START, 100);
    store.pruning().page(JobStatus.FAILED, Duration.ofDays(30), JobPruning.START, 100);
    assertThat(count("jobs.job")).isEqualTo(2);
    store.pruning().page(JobStatus.FAILED, WEEK, JobPruning.START, 100);

    assertThat(store.reader().find(failed)).isEmpty();
    assertThat(store.reader().find(cancelled)).isPresent();
  }

  @Test
  void pruningIsDueWhereAnythingIsToBeDeleted() {
    var retention = Map.of(JobStatus.CANCELLED, WEEK, JobStatus.COMPLETED, Duration.ZERO);
    accept(request("@new:x").key("new", 1));
    assertThat(store.pruning().isDue(Duration.ofHours(24), retention)).isFalse();
    assertThat(store.pruning().isDue(Duration.ZERO, retention)).as("a key").isTrue();

    endedJob("@old:x");
    assertThat(store.pruning().isDue(Duration.ofHours(24), retention)).as("a job").isTrue();

    prune();
    var discarded = accept(request("@gone:x")).job();
    store.settlement().cancel(discarded);
    assertThat(store.pruning().isDue(Duration.ofHours(24), retention)).isFalse();
    store.changes().discard(discarded);
    assertThat(store.pruning().isDue(Duration.ofHours(24), retention)).as("discarded").isTrue();
  }

  @Test
  void aJobThatCannotBePrunedStopsNoOther() {
    var stuck = endedJob("@stuck:x");
    var other = endedJob("@other:x");
    allowBigStatements();
    jdbi.useHandle(
        handle -> {
          handle.execute(
              "update jobs.job set finalized_at = finalized_at - interval '1 day' where job_id = ?",
              stuck.value());
          handle.execute(
              "create function jobs.refuse_big() returns trigger language plpgsql as $$ begin if exists (select from gone where target = '@stuck:x') then raise exception 'stuck'; end if; return null; end $$");
          handle.execute(
              "create trigger stuck after delete on jobs.target referencing old table as gone for each statement execute function jobs.refuse_big()");
        });

    store.pruning().page(JobStatus.CANCELLED, WEEK, JobPruning.START, 10);

    assertThat(store.reader().find(stuck)).isPresent();
    assertThat(store.reader().find(other)).isEmpty();
  }

  @Test
  void pagesGoOnBehindJobsThatSomebodyElseHasInHand() {
    var held = endedJob("@held:x");
    var other = endedJob("@other:x");
    jdbi.useHandle(
        handle ->
            handle.execute(
                "update jobs.job set finalized_at = finalized_at - interval '1 day' where job_id = ?",
                held.value()));

    jdbi.useTransaction(
        holder -> {
          holder.execute("select from jobs.job where job_id = ? for update", held.value());
          pruneOnAnotherConnection();
        });

    assertThat(store.reader().find(held)).isPresent();
    assertThat(store.reader().find(other)).isEmpty();
    prune();
    assertThat(store.reader().find(held)).isEmpty();
  }

  /** A key is a day old before its job is a week old, and some jobs never end. */
  @Test
  void keysAreForgottenAfterADayWhateverBecameOfTheirJobs() {
    accept(request("@old:x").key("old", 1));
    accept(request("@new:x").key("new", 1));
    jdbi.useHandle(
        handle ->
            handle.execute(
                "update jobs.idempotency_key set stored_at = now() - interval '25 hours' where key = 'old'"));

    assertThat(store.pruning().forgetKeys(Duration.ofHours(24))).as("more").isFalse();

    assertThat(store.acceptance().earlier(request("@old:x").key("old", 2).build())).isEmpty();
    assertThat(store.acceptance().earlier(request("@new:x").key("new", 1).build())).isPresent();
    assertThat(count("jobs.job")).isEqualTo(2);
  }

  private void pruneOnAnotherConnection() {
    var pruned =
        new Thread(
            () -> {
              var first = store.pruning().page(JobStatus.CANCELLED, WEEK, JobPruning.START, 1);
              store.pruning().page(JobStatus.CANCELLED, WEEK, first, 1);
            });
    pruned.start();
    try {
      pruned.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void prune() {
    store.pruning().page(JobStatus.CANCELLED, WEEK, JobPruning.START, 100);
  }

  private JobId endedJob(String target) {
    var job = accept(request(target).key(target, 1)).job();
    store.settlement().cancel(job);
    jdbi.useHandle(
        handle ->
            handle.execute(
                "update jobs.job set finalized_at = now() - interval '8 days' where job_id = ?",
                job.value()));
    return job;
  }

  private static void fill(Handle handle, String part, JobId job) {
    handle.execute("set session_replication_role = replica");
    handle
        .createUpdate(
            "insert into jobs.%s %s from generate_series(1, %d) as n on conflict do nothing"
                .formatted(part, FILL.get(part), ROWS))
        .bind("job", job.value())
        .execute();
    handle.execute("set session_replication_role = origin");
  }

  private static long rows(Handle handle, String part) {
    return handle.createQuery("select count(*) from jobs." + part).mapTo(Long.class).one();
  }

  private void eachPart(java.util.function.BiConsumer<Handle, String> work) {
    jdbi.useHandle(handle -> parts().forEach(part -> work.accept(handle, part)));
  }

  /** The parts as PostgreSQL's catalog lists them, so that the test notices a new one. */
  /** A table with one row of a job is no part: the row goes with the job. */
  private List<String> parts() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select f.conrelid::regclass::text from pg_constraint f
                     where f.contype = 'f' and f.confrelid = 'jobs.job'::regclass
                       and not exists (select from pg_constraint p
                                        where p.conrelid = f.conrelid and p.contype = 'p' and p.conkey = f.conkey)
                    """)
                .mapTo(String.class)
                .map(name -> name.replace("jobs.", ""))
                .list());
  }
}
