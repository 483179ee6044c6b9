package dev.bailiff.gateway.job.receipt;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bailiff.job.JobError;
import dev.bailiff.job.JobView;
import dev.bailiff.job.JobView.TargetView;
import dev.bailiff.job.store.JobPartReader;
import dev.bailiff.job.store.JobStore;
import dev.bailiff.schemas.api.JobErrorReply;
import dev.bailiff.schemas.api.ProgressReply;
import dev.bailiff.schemas.api.receipt.ReceiptReply;
import dev.bailiff.schemas.api.receipt.ReceiptStageReply;
import dev.bailiff.schemas.api.receipt.ReceiptTargetReply;
import dev.bailiff.schemas.api.receipt.VerdictCountReply;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes receipts of jobs that have ended.
 *
 * <p>A job may have a million targets, so a receipt names the first ones, counts all, and says
 * where the others are. The receipt for one person names nobody else, and has no figures of others.
 */
public final class Receipts {
  /** Targets that a receipt names, at most. */
  static final int NAMED = 1_000;

  private static final String FAILED = "failed";
  private static final String NOT_VERIFIED = "not-verified";

  private final JobPartReader parts;
  private final Supplier<Optional<String>> serverName;
  private final Clock clock;

  public Receipts(JobStore store, Supplier<Optional<String>> serverName, Clock clock) {
    this.parts = store.parts();
    this.serverName = serverName;
    this.clock = clock;
  }

  /** The receipt of a job, about all its targets. */
  public ReceiptReply of(JobView job) {
    var named = parts.targets(job.id(), -1, NAMED);
    boolean whole = named.size() == job.targetCount();
    return receipt(
        job,
        new Extent(
            job.origin().filter(),
            job.stages().stream().map(Receipts::stage).toList(),
            job.targetCount(),
            parts.verdicts(job.id()).entrySet().stream()
                .map(count -> new VerdictCountReply(count.getKey(), count.getValue()))
                .toList(),
            named,
            whole ? null : "/_bailiff/v1/jobs/" + job.id() + "/targets?format=csv"));
  }

  /** The receipt of a job about one of its targets; empty if it has no such target. */
  public Optional<ReceiptReply> of(JobView job, String target) {
    return parts
        .target(job.id(), target)
        .map(
            found ->
                receipt(
                    job,
                    new Extent(
                        null,
                        job.targetCount() == 1
                            ? job.stages().stream().map(Receipts::stage).toList()
                            : List.of(),
                        1,
                        List.of(new VerdictCountReply(verdict(found), 1)),
                        List.of(found),
                        null)));
  }

  /** What differs between the receipt of a job and that of one target. */
  private record Extent(
      @Nullable JsonNode filter,
      List<ReceiptStageReply> stages,
      long targetCount,
      List<VerdictCountReply> verdicts,
      List<TargetView> named,
      @Nullable String allTargets) {}

  private ReceiptReply receipt(JobView job, Extent extent) {
    var terms = job.terms();
    return new ReceiptReply(
        job.id().toString(),
        serverName.get().orElse(null),
        clock.instant().truncatedTo(ChronoUnit.MILLIS),
        job.kind().name(),
        job.parameters(),
        extent.filter(),
        job.requester(),
        terms.reason(),
        terms.reference(),
        job.acceptedAt(),
        job.startedAt(),
        job.finalizedAt(),
        job.status().word(),
        error(job.error()),
        extent.stages(),
        extent.targetCount(),
        extent.verdicts(),
        extent.named().stream().map(Receipts::target).toList(),
        extent.allTargets());
  }

  private static ReceiptStageReply stage(JobView.StageView stage) {
    var progress = stage.progress();
    return new ReceiptStageReply(
        stage.name(),
        new ProgressReply(
            progress.total(), progress.done(), progress.failed(), progress.skipped()));
  }

  private static ReceiptTargetReply target(TargetView target) {
    return new ReceiptTargetReply(
        target.target(), verdict(target), target.leftOver(), error(target.error()));
  }

  private static String verdict(TargetView target) {
    if (target.failed()) {
      return FAILED;
    }
    var verdict = target.verdict();
    return verdict == null ? NOT_VERIFIED : verdict;
  }

  private static @Nullable JobErrorReply error(@Nullable JobError error) {
    return error == null ? null : new JobErrorReply(error.status(), error.code(), error.text());
  }
}
