package dev.bailiff.job.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.database.Database;
import dev.bailiff.job.JobId;
import dev.bailiff.testing.server.PostgresExtension;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Which jobs changed, among a hundred thousand transitions. */
class TransitionReaderIT {
  @RegisterExtension static final PostgresExtension postgres = PostgresExtension.migrated();

  private static Jdbi jdbi;
  private static TransitionReader reader;

  @BeforeAll
  static void fill() {
    jdbi = Database.jdbi(postgres.dataSource());
    reader = new TransitionReader(jdbi);
    jdbi.useTransaction(
        handle -> {
          // Transitions of jobs that are pruned: the reader looks at no job.
          handle.execute("set local session_replication_role = replica");
          handle.execute(
              """
              insert into jobs.transition (transition_id, job_id, to_status, changed_at) overriding system value
              select n, md5((n / 3)::text)::uuid, 'active',
                     clock_timestamp() - case when n > 99990 then interval '0' else interval '1 minute' end
                from generate_series(1, 100000) n
              """);
        });
    jdbi.useHandle(handle -> handle.execute("analyze jobs.transition"));
  }

  @Test
  void whatIsYoungIsNotSettled() {
    assertThat(reader.newestSettled()).isEqualTo(99_990);
    assertThat(reader.since(99_988, 4))
        .extracting(moved -> moved.number() + " " + moved.isSettled())
        .containsExactly("99989 true", "99990 true", "99991 false", "99992 false");
  }

  @Test
  void jobsSinceAreTheNewestEachOnce() {
    assertThat(reader.jobsSince(99_994, 2)).containsExactly(job(33_333), job(33_332));
    assertThat(reader.jobsSince(0, 1_000)).hasSize(1_000).doesNotHaveDuplicates();
    assertThat(reader.active(10)).isEmpty();
  }

  @Test
  void noStatementReadsTheWholeTable() {
    assertThat(
            List.of(
                plan(TransitionReader.NEWEST_SETTLED),
                plan(TransitionReader.SINCE),
                plan(TransitionReader.JOBS_SINCE)))
        .allSatisfy(
            plan -> assertThat(plan).contains("transition_pkey").doesNotContain("Seq Scan"));
  }

  private static JobId job(int n) {
    return new JobId(
        jdbi.withHandle(
            handle ->
                handle
                    .createQuery("select md5(:n::text)::uuid")
                    .bind("n", n)
                    .mapTo(UUID.class)
                    .one()));
  }

  private static String plan(String sql) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("explain " + sql.replace(":number", "90000").replace(":limit", "1000"))
                .mapTo(String.class)
                .collect(Collectors.joining("\n")));
  }
}
