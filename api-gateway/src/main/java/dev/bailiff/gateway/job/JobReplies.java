package dev.bailiff.gateway.job;

import dev.bailiff.job.ApprovalView;
import dev.bailiff.job.JobError;
import dev.bailiff.job.JobId;
import dev.bailiff.job.JobStatus;
import dev.bailiff.job.JobView;
import dev.bailiff.job.Progress;
import dev.bailiff.schemas.api.ApprovalReply;
import dev.bailiff.schemas.api.FailureReply;
import dev.bailiff.schemas.api.JobChangeReply;
import dev.bailiff.schemas.api.JobErrorReply;
import dev.bailiff.schemas.api.JobReply;
import dev.bailiff.schemas.api.ProgressReply;
import dev.bailiff.schemas.api.SegmentReply;
import dev.bailiff.schemas.api.StageReply;
import dev.bailiff.schemas.api.TargetReply;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Jobs and their parts as our own API shows them. */
final class JobReplies {
  private JobReplies() {}

  static JobReply job(JobView job, Instant now) {
    var progress = job.progress();
    var rate = rate(job, progress, now);
    var terms = job.terms();
    var origin = job.origin();
    return new JobReply(
        job.id().toString(),
        job.version(),
        job.kind().name(),
        job.status().word(),
        job.parameters(),
        job.requester(),
        terms.reason(),
        terms.reference(),
        origin.filter(),
        job.targetCount(),
        job.acceptedAt(),
        terms.runAt(),
        terms.priority(),
        terms.maxRate(),
        terms.pace() == null ? null : terms.pace().word(),
        terms.stopAfterFailures() == null ? "continue" : "stop",
        terms.stopAfterFailures(),
        terms.dryRun(),
        text(origin.retryOf()),
        text(origin.planJob()),
        job.startedAt(),
        job.cancelRequestedAt(),
        job.finalizedAt(),
        job.waitingFor(),
        job.paced(),
        progress(progress),
        rate,
        eta(job, progress, rate, now),
        error(job.error()),
        approval(job.approval()),
        job.stages().stream().map(JobReplies::stage).toList());
  }

  /** The state of a job as an event tells it. */
  static JobChangeReply change(JobView job, Instant now) {
    var progress = job.progress();
    var rate = rate(job, progress, now);
    return new JobChangeReply(
        job.id().toString(),
        job.version(),
        job.kind().name(),
        job.status().word(),
        job.requester(),
        job.terms().reference(),
        job.terms().dryRun(),
        job.targetCount(),
        openStage(job),
        job.changedAt(),
        job.cancelRequestedAt(),
        job.finalizedAt(),
        job.waitingFor(),
        job.paced(),
        progress(progress),
        rate,
        eta(job, progress, rate, now),
        error(job.error()));
  }

  private static @Nullable String openStage(JobView job) {
    return job.stages().stream()
        .filter(stage -> stage.closedAt() == null)
        .reduce((earlier, later) -> later)
        .map(JobView.StageView::name)
        .orElse(null);
  }

  private static @Nullable ApprovalReply approval(@Nullable ApprovalView approval) {
    if (approval == null) {
      return null;
    }
    var known = new TreeMap<String, Long>();
    var unknown = new ArrayList<String>();
    approval
        .numbers()
        .properties()
        .forEach(
            number -> {
              if (number.getValue().isNull()) {
                unknown.add(number.getKey());
              } else {
                known.put(number.getKey(), number.getValue().asLong());
              }
            });
    return new ApprovalReply(
        approval.why(),
        approval.plan(),
        known,
        unknown,
        approval.countedAt(),
        approval.until(),
        approval.approvedBy(),
        approval.approvedAt(),
        approval.rejectedBy(),
        approval.rejectedAt(),
        approval.rejection());
  }

  private static @Nullable String text(@Nullable JobId id) {
    return id == null ? null : id.toString();
  }

  static FailureReply failure(JobView.FailureView failure) {
    return new FailureReply(
        failure.stage(),
        failure.segment(),
        failure.item(),
        failure.code(),
        failure.text(),
        failure.attempt(),
        failure.failedAt());
  }

  static SegmentReply segment(JobView.SegmentView segment) {
    return new SegmentReply(
        segment.stage(),
        segment.segment(),
        segment.status().word(),
        segment.epoch(),
        segment.attempts(),
        progress(segment.progress()),
        segment.leaseOwner(),
        segment.leaseExpiresAt(),
        segment.lastError());
  }

  static TargetReply target(JobView.TargetView target) {
    return new TargetReply(
        target.target(),
        target.failed(),
        error(target.error()),
        target.verdict(),
        target.leftOver(),
        target.facts());
  }

  private static StageReply stage(JobView.StageView stage) {
    return new StageReply(
        stage.number(),
        stage.name(),
        progress(stage.progress()),
        stage.segments(),
        stage.openSegments(),
        stage.openedAt(),
        stage.closedAt());
  }

  private static ProgressReply progress(Progress progress) {
    return new ProgressReply(
        progress.total(), progress.done(), progress.failed(), progress.skipped());
  }

  private static @Nullable JobErrorReply error(@Nullable JobError error) {
    return error == null ? null : new JobErrorReply(error.status(), error.code(), error.text());
  }

  private static @Nullable Double rate(JobView job, Progress progress, Instant now) {
    if (job.startedAt() == null) {
      return null;
    }
    var until = job.finalizedAt() == null ? now : job.finalizedAt();
    // At least a millisecond, as the clocks of gateway and database differ.
    long millis = Math.max(1, Duration.between(job.startedAt(), until).toMillis());
    return Math.round(progress.settled() * 10_000.0 / millis) / 10.0;
  }

  private static @Nullable Instant eta(
      JobView job, Progress progress, @Nullable Double rate, Instant now) {
    long remaining = progress.total() - progress.settled();
    if (job.status() != JobStatus.ACTIVE || rate == null || rate <= 0 || remaining <= 0) {
      return null;
    }
    return now.plusMillis((long) (remaining / rate * 1000));
  }
}
