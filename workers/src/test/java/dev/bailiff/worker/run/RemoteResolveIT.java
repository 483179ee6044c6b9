package dev.bailiff.worker.run;

import static dev.bailiff.worker.run.FilteredJobs.filter;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.database.Database;
import dev.bailiff.job.JobId;
import dev.bailiff.job.JobOrigin;
import dev.bailiff.job.JobStatus;
import dev.bailiff.schemas.filter.FilterReader;
import dev.bailiff.schemas.kind.DeactivateUsersParameters;
import dev.bailiff.schemas.kind.DeleteMediaParameters;
import dev.bailiff.schemas.kind.TargetType;
import dev.bailiff.testing.homeserver.remote.RemoteConditions;
import dev.bailiff.testing.homeserver.remote.RemoteHomeserverFake;
import dev.bailiff.testing.server.PostgresExtension;
import java.time.Duration;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Jobs whose targets a filter finds on a remote homeserver, which lists a few at a time, and media
 * in no order and some of them twice.
 */
class RemoteResolveIT {
  @RegisterExtension final PostgresExtension postgres = PostgresExtension.migrated();

  private final RemoteConditions conditions =
      new RemoteConditions().latency(Duration.ZERO).retryAfter(Duration.ZERO).listed(5);
  private final RemoteHomeserverFake homeserver = new RemoteHomeserverFake(conditions);
  private Jdbi jdbi;
  private OneThreadEngine engine;

  @BeforeEach
  void start() {
    jdbi = Database.jdbi(postgres.dataSource());
    engine = new OneThreadEngine(jdbi, OneThreadEngine.LEASES, homeserver);
  }

  @Test
  void spamWaveIsClosed() {
    var job =
        engine.submit(
            "deactivate-users",
            new DeactivateUsersParameters(false),
            filter("{'user_id': '@crypto-*'}"));

    var ended = engine.runToEnd(job);

    engine.assertCompletedAndGone(ended);
    assertThat(ended.targetCount()).isEqualTo(24);
  }

  @Test
  void mediaFoundInNoOrderAndTwiceBecomeTargetsInOrderAndOnce() {
    int media = homeserver.mediaIds().length;
    var parameters = new DeleteMediaParameters(null, null, null, null);

    var job = engine.submit("delete-media", parameters, filter("{'owner': '@*'}"));
    var ended = engine.runToEnd(job);

    assertThat(ended.status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(targets(job)).isSorted().doesNotHaveDuplicates().hasSizeGreaterThan(10);
    assertThat(media - homeserver.mediaIds().length).isEqualTo(ended.targetCount());
    assertThat(ended.stages().get(0).progress().done()).isEqualTo(ended.targetCount());
    assertThat(waiting()).isZero();
  }

  @Test
  void whatComesTwiceCountsOnceTowardsTheLimit() {
    var parameters = new DeleteMediaParameters(null, null, null, null);
    var json = filter("{'owner': '@*'}").filter();
    int number =
        (int)
            homeserver
                .selection()
                .count(FilterReader.stored(TargetType.MEDIA, json), 0, Duration.ofMinutes(1))
                .count();

    var tooMany = JobOrigin.filter(json, number - 1);
    var failed = engine.runToEnd(engine.submit("delete-media", parameters, tooMany));
    var enough = JobOrigin.filter(json, number);
    var found = engine.submit("delete-media", parameters, enough);
    engine.run(found, view -> view.stages().size() > 1);

    assertThat(failed.status()).isEqualTo(JobStatus.FAILED);
    assertThat(failed.error().text())
        .isEqualTo(
            "the filter finds %d media, and a job has at most %d".formatted(number, number - 1));
    assertThat(targets(found)).hasSize(number);
  }

  private int waiting() {
    return jdbi.withHandle(
        handle -> handle.select("select count(*) from jobs.found").mapTo(Integer.class).one());
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
}
