package dev.bailiff.standalone.fault.synapse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bailiff.job.JobId;
import dev.bailiff.job.JobStatus;
import dev.bailiff.job.JobView;
import dev.bailiff.job.store.JobStore;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The jobs of a test, one of each kind at most, and what must hold when they have ended. */
final class RunningJobs {
  private static final Duration LIMIT = Duration.ofMinutes(10);

  private final JobStore store;
  private final Map<String, JobId> jobs = new LinkedHashMap<>();

  private RunningJobs(JobStore store) {
    this.store = store;
  }

  static RunningJobs submit(LiveStack stack, List<JobText> texts) {
    var running = new RunningJobs(stack.store());
    texts.forEach(
        text ->
            running.jobs.put(
                text.kind(), stack.api().submit(UUID.randomUUID().toString(), text.body())));
    return running;
  }

  JobView view(String kind) {
    return view(jobs.get(kind));
  }

  private JobView view(JobId job) {
    return store.reader().find(job).orElseThrow();
  }

  /** The jobs that have not ended. */
  List<JobView> open() {
    return jobs.values().stream()
        .map(this::view)
        .filter(job -> !job.status().isTerminal())
        .toList();
  }

  RunningJobs awaitEnd() {
    return awaitEnd(() -> {});
  }

  /**
   * Waits until all jobs have ended.
   *
   * @param meanwhile done again and again until then
   */
  RunningJobs awaitEnd(Runnable meanwhile) {
    await()
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(100))
        .untilAsserted(
            () -> {
              meanwhile.run();
              assertThat(open()).isEmpty();
            });
    return this;
  }

  /** All jobs are completed, nothing failed, and nothing is left over. */
  void assertAllGone() {
    assertCountersAreTrue();
    jobs.forEach(
        (kind, job) -> {
          assertThat(view(job).status()).as(kind).isEqualTo(JobStatus.COMPLETED);
          assertThat(failures(kind)).as(kind).isEmpty();
          assertThat(targets(kind))
              .as(kind)
              .allSatisfy(
                  target ->
                      assertThat(target.verdict()).as("%s", target.leftOver()).isEqualTo("gone"));
        });
  }

  /** Each job has ended, its counters add up, and nothing failed twice, or failed and is done. */
  void assertCountersAreTrue() {
    for (var job : jobs.values()) {
      var view = view(job);
      assertThat(view.status().isTerminal()).isTrue();
      assertThat(view.stages())
          .allSatisfy(
              stage -> {
                assertThat(stage.progress().settled())
                    .as("%s %s", view.kind(), stage)
                    .isEqualTo(stage.progress().total());
                assertThat(stage.openSegments()).isZero();
              });
      var failures = failures(view.kind().name());
      assertThat(failures)
          .extracting(JobView.FailureView::item)
          .doesNotHaveDuplicates()
          .noneMatch(item -> isDone(job, item));
    }
  }

  /** Whether the reply lists an item among those that were done. */
  private boolean isDone(JobId job, String item) {
    return List.of("deleted_media", "kicked_users").stream()
        .anyMatch(list -> store.parts().replyItems(job, 0, list, "", 1000).contains(item));
  }

  List<JobView.FailureView> failures(String kind) {
    return store.parts().failures(jobs.get(kind), 0, 1000);
  }

  List<JobView.TargetView> targets(String kind) {
    return store.parts().targets(jobs.get(kind), -1, 1000);
  }

  JobView.TargetView onlyTarget(String kind) {
    var targets = targets(kind);
    assertThat(targets).hasSize(1);
    return targets.get(0);
  }

  /** The segments of a job that wait or are worked. */
  List<JobView.SegmentView> openSegments(JobView job) {
    return store.parts().segments(job.id(), -1, -1, 1000).stream()
        .filter(segment -> !segment.status().isTerminal())
        .toList();
  }
}
