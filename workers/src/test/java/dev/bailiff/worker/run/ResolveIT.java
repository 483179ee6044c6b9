package dev.bailiff.worker.run;

import static dev.bailiff.worker.run.FilteredJobs.filter;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.database.Database;
import dev.bailiff.homeserver.store.PostgresHomeserver;
import dev.bailiff.homeserver.store.batch.StoreTimeouts;
import dev.bailiff.homeserver.store.identity.IdentityServers;
import dev.bailiff.job.JobId;
import dev.bailiff.job.JobOrigin;
import dev.bailiff.job.JobStatus;
import dev.bailiff.job.JobView;
import dev.bailiff.schemas.kind.CleanUpUsersParameters;
import dev.bailiff.schemas.kind.DeactivateUsersParameters;
import dev.bailiff.schemas.kind.RedactEventsParameters;
import dev.bailiff.testing.homeserver.Community;
import dev.bailiff.testing.server.PostgresExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Jobs whose targets a filter finds, on the own store with the example community. */
class ResolveIT {
  private static final int MANY = 9_000;
  private static final DeactivateUsersParameters KEEP = new DeactivateUsersParameters(false);

  @RegisterExtension final PostgresExtension postgres = Community.database();

  private Jdbi jdbi;
  private OneThreadEngine engine;

  @BeforeEach
  void start() {
    jdbi = Database.jdbi(postgres.dataSource());
    engine = engine(RunListener.NONE);
  }

  private OneThreadEngine engine(RunListener listener) {
    return new OneThreadEngine(
        jdbi,
        OneThreadEngine.LEASES,
        new PostgresHomeserver(jdbi, StoreTimeouts.defaults(), IdentityServers.none()),
        listener);
  }

  @Test
  void spamWaveIsClosedAndNobodyElse() {
    var job = engine.submit("deactivate-users", KEEP, filter("{'user_id': '@crypto-*'}"));
    long others =
        count("homeserver.account where not deactivated and user_id not like '@crypto-%'");

    var ended = engine.runToEnd(job);

    engine.assertCompletedAndGone(ended);
    assertThat(stages(ended)).containsExactly("resolve", "close-account", "leave-rooms", "verify");
    assertThat(ended.targetCount()).isEqualTo(24);
    assertThat(ended.stages().get(0).progress().done()).isEqualTo(24);
    assertThat(targets(job)).isSorted().allMatch(user -> user.startsWith("@crypto-"));
    assertThat(count("homeserver.account where not deactivated and user_id like '@crypto-%'"))
        .isZero();
    assertThat(count("homeserver.account where not deactivated and user_id not like '@crypto-%'"))
        .isEqualTo(others);
  }

  @Test
  void jobGoesOnWithTheStageThatItsParametersName() {
    var everywhere = new RedactEventsParameters(List.of(), null, null, null, null, null);
    var inOne = new RedactEventsParameters(List.of("!a:x"), null, null, null, null, null);
    var one = filter("{'user_id': '@crypto-gain-1*'}");

    var found = engine.runToEnd(engine.submit("redact-events", everywhere, one));
    var named = engine.runToEnd(engine.submit("redact-events", inOne, one));

    assertThat(stages(found)).containsExactly("resolve", "find-rooms", "plan", "redact", "verify");
    assertThat(stages(named)).containsExactly("resolve", "plan", "redact", "verify");
    assertThat(found.stages().get(3).progress().done()).isPositive();
  }

  @Test
  void usersOfARecipeAreFoundBeforeItsSteps() {
    var steps = new CleanUpUsersParameters(null, null, false, null, null, null, null);

    var ended =
        engine.runToEnd(
            engine.submit("clean-up-users", steps, filter("{'user_id': '@crypto-gain-1*'}")));

    engine.assertCompletedAndGone(ended);
    assertThat(stages(ended)).startsWith("resolve", "plan", "suspend", "find-rooms", "redact");
    assertThat(ended.targetCount()).isEqualTo(10);
    assertThat(
            count(
                "homeserver.account where suspended and deactivated and user_id like '@crypto-%'"))
        .isEqualTo(10);
  }

  @Test
  void filterThatFindsNothingEndsTheJobAsCompleted() {
    var job = engine.submit("deactivate-users", KEEP, filter("{'user_id': '@nobody-*'}"));

    var ended = engine.runToEnd(job);

    assertThat(ended.status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(ended.targetCount()).isZero();
    assertThat(stages(ended)).containsExactly("resolve");
  }

  @Test
  void filterThatFindsTooManyEndsTheJobWithTheirNumber() {
    var origin = JobOrigin.filter(filter("{'user_id': '@crypto-*'}").filter(), 23);

    var ended = engine.runToEnd(engine.submit("deactivate-users", KEEP, origin));

    assertThat(ended.status()).isEqualTo(JobStatus.FAILED);
    assertThat(ended.error().status()).isEqualTo(413);
    assertThat(ended.error().code()).isEqualTo("M_TOO_LARGE");
    assertThat(ended.error().text())
        .isEqualTo("the filter finds 24 users, and a job has at most 23");
    assertThat(count("homeserver.account where deactivated and user_id like '@crypto-%'")).isZero();
  }

  /** As when a gateway of a later release wrote the filter. */
  @Test
  void filterThatCannotBeReadEndsTheJobAndIsNeverTakenForAnother() {
    var origin = JobOrigin.filter(FilteredJobs.json("{'shoe_size': 44}"), 100);

    var ended = engine.runToEnd(engine.submit("deactivate-users", KEEP, origin));

    assertThat(ended.status()).isEqualTo(JobStatus.FAILED);
    assertThat(stages(ended)).containsExactly("resolve");
    assertThat(ended.targetCount()).isZero();
  }

  /**
   * Between two pages, accounts come before and behind the place that was reached, go, stop to
   * match, and begin to match.
   */
  @Test
  void whileRowsChangeEachTargetIsFoundOnceAndNoneThatAlwaysMatches() {
    accounts("many", MANY);
    var pages = new AtomicInteger();
    engine =
        engine(
            new RunListener() {
              @Override
              public void batchCommitted(String kind, String stage, long items, Duration took) {
                if (stage.equals("resolve")) {
                  change(pages.incrementAndGet());
                }
              }
            });

    var job = engine.submit("deactivate-users", KEEP, filter("{'user_id': '@many-*'}"));
    engine.run(job, view -> view.stages().size() > 1);

    assertThat(pages.get()).as("pages").isGreaterThan(2);
    assertThat(targets(job))
        .isSorted()
        .doesNotHaveDuplicates()
        .containsAll(alwaysMatching())
        .doesNotContain("@many-04999:chat.example");
    assertThat(engine.view(job).targetCount()).isEqualTo(targets(job).size());
  }

  private void accounts(String name, int number) {
    jdbi.useHandle(
        handle ->
            handle.execute(
                """
                insert into homeserver.account (user_id, created_at)
                select '@%s-' || lpad(n::text, 5, '0') || ':chat.example', 1 from generate_series(1, %d) n
                """
                    .formatted(name, number)));
  }

  private void change(int page) {
    jdbi.useHandle(
        handle -> {
          handle.execute(
              "insert into homeserver.account (user_id, created_at) values (?, 1), (?, 1)",
              "@many-00000-" + page + ":chat.example",
              "@many-99999-" + page + ":chat.example");
          handle.execute("delete from homeserver.account where user_id like '@many-04999%'");
          handle.execute(
              "update homeserver.account set deactivated = not deactivated where user_id like '@many-%7:chat.example'");
        });
  }

  private List<String> alwaysMatching() {
    var users = new ArrayList<String>();
    for (int n = 1; n <= MANY; n++) {
      if (n % 10 != 7 && n != 4_999) {
        users.add("@many-%05d:chat.example".formatted(n));
      }
    }
    return users;
  }

  private List<String> targets(JobId job) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select target from jobs.target where job_id = :job order by target_n")
                .bind("job", job.value())
                .mapTo(String.class)
                .list());
  }

  private static List<String> stages(JobView view) {
    return view.stages().stream().map(JobView.StageView::name).toList();
  }

  private long count(String tableWhere) {
    return jdbi.withHandle(
        handle -> handle.createQuery("select count(*) from " + tableWhere).mapTo(Long.class).one());
  }
}
