package dev.bailiff.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.database.Database;
import dev.bailiff.testing.server.PostgresExtension;
import dev.bailiff.testing.server.QueryPlan;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Neither the chain nor a page of a list reads a month from end to end, or sorts it. */
class AuditPlanIT {
  private static final UUID JOB = new UUID(0, 7);

  private static final Map<String, String> ARGUMENTS =
      Map.of(
          "who", "'@admin7:x'",
          "what", "'PUT /x7'",
          "whom", "'@u7:x'",
          "job", "'" + JOB + "'",
          "after", "now() - interval '1 hour'",
          "before", "now()",
          "at", "now()",
          "id", "10000",
          "limit", "100",
          "xid", "'1'");

  @RegisterExtension static final PostgresExtension postgres = PostgresExtension.migrated();

  private static Jdbi jdbi;
  private static String partition;

  private enum Query {
    CHAIN(AuditChain.UNCHAINED),
    ALL(list(null, null, null, null, null)),
    WHO(list("x", null, null, null, null)),
    WHAT(list(null, "x", null, null, null)),
    WHOM(list(null, null, "x", null, null)),
    JOB_ID(list(null, null, null, JOB, null)),
    TIME(list(null, null, null, null, Instant.EPOCH));

    private final String sql;

    Query(String sql) {
      this.sql = sql;
    }

    private static String list(String who, String what, String whom, UUID job, Instant after) {
      return AuditReader.sql(
          AuditReader.conditions(
              new AuditReader.Filter(who, what, whom, job, after, null),
              new AuditReader.Place(Instant.EPOCH, 0)));
    }
  }

  @BeforeAll
  static void fill() {
    jdbi = Database.jdbi(postgres.dataSource());
    jdbi.useHandle(
        handle -> {
          handle.execute(
              """
              insert into access.audit (who, what, whom, job, result)
              select '@admin' || n % 100 || ':x', 'PUT /x' || n % 100, '@u' || n || ':x',
                     ('00000000-0000-0000-0000-' || lpad((n % 1000)::text, 12, '0'))::uuid, 'done'
                from generate_series(1, 20000) n
              """);
          handle.execute("analyze access.audit");
          partition =
              handle
                  .createQuery("select tableoid::regclass::text from access.audit limit 1")
                  .mapTo(String.class)
                  .one()
                  .replace("access.", "");
        });
  }

  @ParameterizedTest
  @EnumSource(Query.class)
  void anIndexIsRead(Query query) {
    var plan =
        jdbi.withHandle(
            handle -> QueryPlan.of(handle, QueryPlan.Mode.FORCE_CUSTOM_PLAN, query.sql, ARGUMENTS));

    assertThat(plan.reads(partition))
        .as(plan.toString())
        .isNotEmpty()
        .allSatisfy(read -> assertThat(read).matches("(Index|Bitmap).*"));
  }
}
