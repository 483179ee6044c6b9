package dev.bailiff.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bailiff.job.Acceptance;
import dev.bailiff.job.JobId;
import dev.bailiff.job.JobKind;
import dev.bailiff.job.JobOrigin;
import dev.bailiff.job.JobParameters;
import dev.bailiff.job.JobRequest;
import dev.bailiff.job.JobStatus;
import dev.bailiff.job.JobTerms;
import dev.bailiff.job.JobView;
import dev.bailiff.job.KindContracts;
import dev.bailiff.job.TargetSnapshot;
import dev.bailiff.job.TargetSource;
import dev.bailiff.schemas.kind.CleanUpUsersParameters;
import dev.bailiff.schemas.kind.DeactivateUsersParameters;
import dev.bailiff.testing.server.KafkaExtension;
import dev.bailiff.testing.server.PostgresExtension;
import dev.bailiff.worker.process.EngineExtension;
import dev.bailiff.worker.run.FilteredJobs;
import dev.bailiff.worker.tally.TallyParameters;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs workers of this release beside one of the last, which knows no filters, dry runs and
 * recipes. It works what it knows, with pauses and bounds on the rate, and leaves the rest as it
 * is.
 */
class LastReleaseFaultIT {
  private static final Duration LIMIT = Duration.ofSeconds(40);
  private static final int FOUND = 60;
  private static final DeactivateUsersParameters KEEP = new DeactivateUsersParameters(false);
  private static final JobTerms DRY =
      new JobTerms(null, null, null, JobTerms.USUAL_PRIORITY, null, null, null, true);
  private static final JobTerms BOUNDED =
      new JobTerms(null, null, null, JobTerms.USUAL_PRIORITY, 100, null, null, false);

  @TempDir static Path media;

  @Order(1)
  @RegisterExtension
  static final PostgresExtension postgres = PostgresExtension.migrated();

  @Order(2)
  @RegisterExtension
  static final KafkaExtension kafka = KafkaExtension.shared();

  @Order(3)
  @RegisterExtension
  final EngineExtension engine = new EngineExtension(postgres, kafka, () -> media);

  @Test
  void aWorkerOfTheLastReleaseLeavesWhatItDoesNotKnowToThoseOfThisOne() {
    fill();
    var old = engine.workerOfLastRelease("old");
    var filtered = submit(deactivation(List.of()).from(filter()));
    var dry = submit(deactivation(List.of("@dry-1:x", "@dry-2:x")).withTerms(DRY));
    var recipe =
        engine.submit(
            "clean-up-users",
            new CleanUpUsersParameters(null, null, null, null, null, null, null),
            "@recipe:x");
    var unknown = List.of(filtered, dry, recipe);
    var bounded = submit(tally(2, "@bounded:x").withTerms(BOUNDED));
    var held = submit(tally(20, "@held:x"));
    pauseAndGoOn(held);

    assertTalliedOnce(engine.awaitEnd(bounded), 2);
    assertTalliedOnce(engine.awaitEnd(held), 20);
    old.awaitLine("dead letter from", LIMIT);
    assertThat(unknown).allSatisfy(this::assertUntouched);

    var dying = engine.worker("dying", "stage-ended:resolve");
    assertThat(dying.awaitExit(LIMIT)).isEqualTo(137);
    engine.worker("new");

    var ended = unknown.stream().map(engine::awaitEnd).toList();
    assertThat(ended).extracting(JobView::status).containsOnly(JobStatus.COMPLETED);
    assertThat(ended.get(0).targetCount()).isEqualTo(FOUND);
    assertThat(done(ended.get(0), "close-account")).isEqualTo(FOUND);
    assertThat(ended.get(1).stages()).extracting(stage -> stage.name()).containsExactly("dry-run");
    assertThat(done(ended.get(2), "suspend")).isEqualTo(1);
    assertThat(done(ended.get(2), "close-account")).isEqualTo(1);
    assertThat(verdicts()).isEqualTo(FOUND + 1);
    assertThat(closed("@dry-%")).isZero();
    assertThat(closed("@found-%")).isEqualTo(FOUND);
    assertThat(old.isAlive()).isTrue();
  }

  private void fill() {
    engine
        .jdbi()
        .useHandle(
            handle -> {
              handle.execute("insert into homeserver.server (server_name) values ('x')");
              handle.execute(
                  "insert into homeserver.account (user_id, created_at)"
                      + " select '@found-' || n || ':x', 1 from generate_series(1, ?) n"
                      + " union all values ('@dry-1:x', 1), ('@dry-2:x', 1), ('@recipe:x', 1)",
                  FOUND);
            });
  }

  private static JobOrigin filter() {
    return FilteredJobs.filter("{'user_id': '@found-*'}");
  }

  private static JobRequest deactivation(List<String> users) {
    return request("deactivate-users", KEEP, users);
  }

  private static JobRequest tally(int segments, String target) {
    return request("tally", TallyParameters.of(segments, 20).slow(50), List.of(target));
  }

  private static JobRequest request(String kind, Record parameters, List<String> targets) {
    return JobRequest.of(
        JobParameters.of(KindContracts.load().require(new JobKind(kind)), parameters),
        TargetSource.of(targets),
        "@admin:x");
  }

  private JobId submit(JobRequest request) {
    var accepted =
        (Acceptance.Accepted) engine.store().acceptance().accept(request, TargetSnapshot.NONE);
    engine.publisher().publish(accepted.commands());
    return accepted.job();
  }

  private void pauseAndGoOn(JobId job) {
    await().atMost(LIMIT).until(() -> engine.effects(job, "tally") > 0);
    assertThat(engine.store().pausing().pause(job)).contains(JobStatus.PAUSED);
    await().atMost(LIMIT).until(() -> leased(job) == 0);
    long before = engine.effects(job, "tally");
    assertThat(before).as("in the middle").isLessThan(20 * 20);
    assertThat(inFlight(job)).isZero();
    engine.publisher().publish(engine.store().pausing().resume(job).orElseThrow().commands());
  }

  private void assertTalliedOnce(JobView ended, int segments) {
    assertThat(ended.status()).as("%s", ended.error()).isEqualTo(JobStatus.COMPLETED);
    assertThat(engine.items(ended.id(), "tally")).isEqualTo(segments * 20L);
    assertThat(engine.effects(ended.id(), "tally")).isEqualTo(segments * 20L);
  }

  private void assertUntouched(JobId job) {
    assertThat(engine.view(job).status()).isEqualTo(JobStatus.SCHEDULED);
    assertThat(engine.store().parts().segments(job, -1, -1, 10))
        .singleElement()
        .satisfies(
            segment -> {
              assertThat(segment.epoch()).isZero();
              assertThat(segment.attempts()).isZero();
            });
  }

  private static long done(JobView job, String stage) {
    return job.stages().stream()
        .filter(one -> one.name().equals(stage))
        .mapToLong(one -> one.progress().done())
        .sum();
  }

  private long leased(JobId job) {
    return count("jobs.segment where status = 'leased' and job_id = '" + job.value() + "'");
  }

  private long inFlight(JobId job) {
    return count(
        "jobs.segment where status in ('ready', 'leased') and publish_at is not null and job_id = '"
            + job.value()
            + "'");
  }

  private long verdicts() {
    return count("jobs.target where verdict = 'gone' and target like any('{@found-%,@recipe%}')");
  }

  private long closed(String users) {
    return count("homeserver.account where deactivated and user_id like '" + users + "'");
  }

  private long count(String fromWhere) {
    return engine
        .jdbi()
        .withHandle(
            handle ->
                handle.createQuery("select count(*) from " + fromWhere).mapTo(Long.class).one());
  }
}
