package dev.bailiff.worker.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bailiff.database.Database;
import dev.bailiff.database.DatabaseConfig;
import dev.bailiff.homeserver.store.PostgresHomeserver;
import dev.bailiff.homeserver.store.batch.StoreTimeouts;
import dev.bailiff.homeserver.store.identity.IdentityServers;
import dev.bailiff.job.JobKind;
import dev.bailiff.job.JobParameters;
import dev.bailiff.job.JobRequest;
import dev.bailiff.job.JobTerms;
import dev.bailiff.job.KindContracts;
import dev.bailiff.job.TargetSource;
import dev.bailiff.schemas.kind.DeactivateUsersParameters;
import dev.bailiff.testing.server.PostgresExtension;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.postgres.PostgresPlugin;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Ten thousand jobs of one account each are queued at once, half of them by one requester. Most are
 * copies of jobs that were accepted, as accepting each would take longer than all the rest. {@code
 * -Dbailiff.queue.worked=all} works all of them, by default some hundreds are worked.
 */
class LongQueueIT {
  private static final int JOBS = 10_000;
  private static final int FEW = 1_000;
  private static final int POLLS = 8;
  private static final int OTHERS = 10;
  private static final List<Integer> PRIORITIES = List.of(2, 5, 3, 1, 4);
  private static final int WORKED =
      "all".equals(System.getProperty("bailiff.queue.worked")) ? JOBS : 250;
  private static final int WINDOW = OneThreadEngine.LEASES.window();

  /** The window is larger by this factor while segments are short. */
  private static final int MOST_IN_FLIGHT = 4 * WINDOW;

  @RegisterExtension static final PostgresExtension postgres = PostgresExtension.migrated();

  /** Opens a connection for each call: statistics are complete when a connection is closed. */
  private final Jdbi jdbi =
      Jdbi.create(postgres.jdbcUrl(), postgres.user(), postgres.password())
          .installPlugin(new PostgresPlugin());

  @BeforeEach
  void empty() {
    jdbi.useHandle(
        handle -> {
          handle.execute("truncate jobs.job cascade");
          handle.execute("truncate homeserver.account, homeserver.server");
          handle.execute("insert into homeserver.server (server_name) values ('x')");
        });
  }

  @Test
  void tenThousandJobsAreWorkedInOrderAndEachOnce() {
    var wanted = queue(JOBS);

    work(WORKED);

    var begun =
        jobs(
            "select job_id from jobs.transition where to_status = 'active' order by transition_id");
    assertThat(begun).hasSizeGreaterThanOrEqualTo(WORKED).doesNotHaveDuplicates();
    assertThat(displaced(wanted, begun)).isEmpty();
    long ended = count("jobs.job where status = 'completed'");
    assertThat(ended).isGreaterThanOrEqualTo(WORKED);
    assertThat(count("jobs.transition where to_status = 'completed'")).isEqualTo(ended);
    assertThat(count("jobs.target where verdict = 'gone'")).isEqualTo(ended);
    assertThat(count("homeserver.account where deactivated")).isEqualTo(ended);
    assertThat(count("jobs.segment where attempts > 1")).isZero();
    assertThat(count("jobs.queue join jobs.job using (job_id) where finalized_at is not null"))
        .isZero();
  }

  @Test
  void aJobCostsTheSameHoweverManyWait() {
    queue(FEW);
    long amongFew = rowsReadForAJob();
    empty();
    queue(JOBS);
    long amongMany = rowsReadForAJob();

    assertThat(amongMany).isPositive().isLessThan(amongFew * 3 / 2);
  }

  /** Jobs that begin far from where they should: the first ones come as soon as they are there. */
  private static List<String> displaced(List<UUID> wanted, List<UUID> begun) {
    var place = new HashMap<UUID, Integer>();
    wanted.forEach(job -> place.put(job, place.size()));
    var displaced = new ArrayList<String>();
    for (int n = WINDOW; n < begun.size(); n++) {
      int should = place.get(begun.get(n));
      if (Math.abs(should - n) > MOST_IN_FLIGHT) {
        displaced.add(begun.get(n) + " is number " + n + " and should be " + should);
      }
    }
    return displaced;
  }

  /**
   * Queues jobs.
   *
   * @return the jobs by priority, by the turns of their requesters, and by age
   */
  private List<UUID> queue(int jobs) {
    int requesters = OTHERS + 1;
    int copies = jobs / 2 / PRIORITIES.size();
    try (var database = open()) {
      var engine = engine(database);
      for (int n = 0; n < WINDOW; n++) {
        engine.submit(request("@first-" + n + ":x", "@hog:x", 1));
      }
      for (int priority : PRIORITIES) {
        for (int n = 0; n < requesters; n++) {
          var requester = n == 0 ? "@hog:x" : "@other-" + n + ":x";
          engine.submit(request("@u-" + priority + "-" + n + ":x", requester, priority));
        }
      }
      assertThat(published()).isEqualTo(WINDOW);
      copyWaiting("@hog:x", copies - 1);
      copyWaiting("@other%", copies / OTHERS - 1);
      engine.submit(request("@last:x", "@hog:x", 1));
    }
    jdbi.useHandle(
        handle -> {
          handle.execute(
              "insert into homeserver.account (user_id, created_at) select distinct target, 1 from jobs.target");
          handle.execute("analyze");
        });
    assertThat(published()).as("however many are queued").isEqualTo(WINDOW);
    assertThat(count("jobs.queue")).isBetween(jobs - WINDOW - 100L, jobs + 100L);
    return jobs(
        """
        select job_id
          from (select j.job_id, j.priority, j.accepted_at,
                       row_number() over (partition by j.priority, j.requester order by j.accepted_at, j.job_id) as turn
                  from jobs.job j join jobs.queue q using (job_id)) queued
         order by priority desc, turn, accepted_at, job_id
        """);
  }

  /** Copies jobs that wait, with their rows in all tables; each copy has a target of its own. */
  private void copyWaiting(String requester, int copies) {
    var tables =
        Map.of(
            "jobs.job", "'job_id', c.id, 'accepted_at', j.accepted_at + c.n * interval '1 second'",
            "jobs.target", "'job_id', c.id, 'target', '@' || c.id || ':x'",
            "jobs.stage", "'job_id', c.id",
            "jobs.segment", "'job_id', c.id",
            "jobs.queue",
                "'job_id', c.id, 'accepted_at', j.accepted_at + c.n * interval '1 second'",
            "jobs.transition",
                "'job_id', c.id, 'transition_id', nextval(pg_get_serial_sequence('jobs.transition', 'transition_id'))");
    jdbi.useTransaction(
        handle -> {
          handle.execute("set local session_replication_role = replica"); // Rows are consistent.
          handle.execute(
              """
              create temp table copy on commit drop as
              select j.job_id, j.accepted_at, n, gen_random_uuid() as id
                from jobs.queue q join jobs.job j using (job_id), generate_series(1, ?) n
               where j.requester like ?
              """,
              copies,
              requester);
          tables.forEach(
              (table, changes) ->
                  handle.execute(
                      """
                      insert into %1$s overriding system value
                      select r.* from %1$s j join copy c on c.job_id = j.job_id
                       cross join lateral jsonb_populate_record(null::%1$s, to_jsonb(j) || jsonb_build_object(%2$s)) r
                      """
                          .formatted(table, changes)));
        });
  }

  private static JobRequest request(String user, String requester, int priority) {
    return JobRequest.of(
            JobParameters.of(
                KindContracts.load().require(new JobKind("deactivate-users")),
                new DeactivateUsersParameters(false)),
            TargetSource.of(List.of(user)),
            requester)
        .withTerms(JobTerms.USUAL.ofPriority(priority));
  }

  /** Works until so many jobs have ended, or a few more. */
  private void work(int jobs) {
    try (var database = open()) {
      var engine = engine(database);
      while (count("jobs.job where finalized_at is not null") < jobs) {
        engine.poll();
        assertThat(published()).isLessThanOrEqualTo(MOST_IN_FLIGHT);
      }
    }
  }

  /** Works some hundreds of jobs, and says how many rows of the engine's tables each one took. */
  private long rowsReadForAJob() {
    long before = rowsRead();
    try (var database = open()) {
      var engine = engine(database);
      for (int n = 0; n < POLLS; n++) {
        engine.poll();
      }
    }
    long read = rowsRead() - before;
    return read / count("jobs.job where finalized_at is not null");
  }

  private long rowsRead() {
    await()
        .until(
            () ->
                number(
                    "select count(*) from pg_stat_activity where datname = current_database()"
                        + " and backend_type = 'client backend' and pid <> pg_backend_pid()"),
            others -> others == 0);
    return number(
        "select coalesce(sum(seq_tup_read + idx_tup_fetch), 0)::bigint from pg_stat_user_tables"
            + " where schemaname = 'jobs'");
  }

  private long published() {
    return count(
        "jobs.segment where status in ('ready', 'leased') and publish_at is not null and publications > 0");
  }

  private long count(String fromWhere) {
    return number("select count(*) from " + fromWhere);
  }

  private long number(String query) {
    return jdbi.withHandle(handle -> handle.createQuery(query).mapTo(Long.class).one());
  }

  private List<UUID> jobs(String query) {
    return jdbi.withHandle(handle -> handle.createQuery(query).mapTo(UUID.class).list());
  }

  private static Database open() {
    return Database.open(
        new DatabaseConfig(postgres.jdbcUrl(), postgres.user(), postgres.password()), "queue");
  }

  private static OneThreadEngine engine(Database database) {
    return new OneThreadEngine(
        database.jdbi(),
        OneThreadEngine.LEASES,
        new PostgresHomeserver(database.jdbi(), StoreTimeouts.defaults(), IdentityServers.none()));
  }
}
