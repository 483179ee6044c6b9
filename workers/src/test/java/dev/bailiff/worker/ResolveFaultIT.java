package dev.bailiff.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.job.Acceptance;
import dev.bailiff.job.JobId;
import dev.bailiff.job.JobStatus;
import dev.bailiff.job.TargetSnapshot;
import dev.bailiff.schemas.kind.DeactivateUsersParameters;
import dev.bailiff.testing.server.KafkaExtension;
import dev.bailiff.testing.server.PostgresExtension;
import dev.bailiff.worker.process.EngineExtension;
import dev.bailiff.worker.run.FilteredJobs;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Workers that die while a filter is resolved. */
class ResolveFaultIT {
  private static final Duration LIMIT = Duration.ofSeconds(40);
  private static final int ACCOUNTS = 9_000;

  @Order(1)
  @RegisterExtension
  static final PostgresExtension postgres = PostgresExtension.migrated();

  @Order(2)
  @RegisterExtension
  static final KafkaExtension kafka = KafkaExtension.shared();

  @Order(3)
  @RegisterExtension
  final EngineExtension engine = new EngineExtension(postgres, kafka);

  @BeforeEach
  void fill() {
    engine
        .jdbi()
        .useHandle(
            handle -> {
              handle.execute("truncate homeserver.account, homeserver.server");
              handle.execute("insert into homeserver.server (server_name) values ('x')");
              handle.execute(
                  "insert into homeserver.account (user_id, created_at)"
                      + " select '@user-' || n || ':x', 1 from generate_series(1, ?) n",
                  ACCOUNTS);
            });
  }

  @Test
  void aWorkerKilledBetweenTwoPagesLosesNoTargetAndFindsNoneTwice() {
    var dying = engine.worker("dying", "batch-committed:resolve");
    var job = submit();
    assertThat(dying.awaitExit(LIMIT)).isEqualTo(137);
    assertThat(engine.view(job).targetCount()).isBetween(1, ACCOUNTS - 1);

    engine.worker("second");

    assertAllClosedOnce(job);
  }

  @Test
  void aWorkerKilledBehindTheLastPageLeavesTheRestToTheOthers() {
    var dying = engine.worker("dying", "stage-ended:resolve");
    var job = submit();
    assertThat(dying.awaitExit(LIMIT)).isEqualTo(137);

    engine.worker("second");

    assertAllClosedOnce(job);
  }

  private JobId submit() {
    var request =
        FilteredJobs.request(
            "deactivate-users",
            new DeactivateUsersParameters(false),
            FilteredJobs.filter("{'user_id': '@user-*'}"));
    var accepted =
        (Acceptance.Accepted) engine.store().acceptance().accept(request, TargetSnapshot.NONE);
    engine.publisher().publish(accepted.commands());
    return accepted.job();
  }

  private void assertAllClosedOnce(JobId job) {
    var ended = engine.awaitEnd(job);
    assertThat(ended.status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(ended.targetCount()).isEqualTo(ACCOUNTS);
    assertThat(ended.stages().get(0).progress().done()).as("found once").isEqualTo(ACCOUNTS);
    assertThat(ended.stages().get(1).progress().done()).as("closed once").isEqualTo(ACCOUNTS);
    assertThat(ended.progress().failed()).isZero();
    assertThat(differentTargets(job)).isEqualTo(ACCOUNTS);
  }

  private int differentTargets(JobId job) {
    return engine
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "select count(distinct target) from jobs.target where job_id = :job")
                    .bind("job", job.value())
                    .mapTo(Integer.class)
                    .one());
  }
}
