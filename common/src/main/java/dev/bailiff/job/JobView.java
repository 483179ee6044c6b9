package dev.bailiff.job;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bailiff.schemas.kind.KindContract;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A job as the reader returns it.
 *
 * @param terms how it is worked
 * @param origin what its targets come from
 * @param stages the stages opened so far, in order
 * @param changedAt last change of status
 * @param version grows with each change of the status, each stage that opens or closes, a wish to
 *     cancel, and progress, at most twice a second. It is the number of these changes and the
 *     milliseconds of their times, so a clock that is set back changes it, too
 * @param waitingFor {@code homeserver} while a part of the job waits for a homeserver that is away;
 *     {@code operator} while the job is paused; null otherwise
 * @param paced the speed on a remote homeserver, such as {@code gentle, 11/s}; null if there is
 *     none
 * @param approval null if none was asked for
 */
public record JobView(
    JobId id,
    JobKind kind,
    JobStatus status,
    JsonNode parameters,
    String requester,
    JobTerms terms,
    JobOrigin origin,
    int targetCount,
    Instant acceptedAt,
    @Nullable Instant startedAt,
    @Nullable Instant cancelRequestedAt,
    @Nullable Instant finalizedAt,
    Instant changedAt,
    long version,
    @Nullable JobError error,
    @Nullable String waitingFor,
    @Nullable String paced,
    @Nullable ApprovalView approval,
    List<StageView> stages) {

  private static final Set<String> WITHOUT_ITEMS =
      Set.of(KindContract.PLAN, KindContract.WEIGH, KindContract.COUNT, KindContract.VERIFY);

  /**
   * A stage as the reader returns it, open segments included.
   *
   * @param closedAt null while the stage is open
   */
  public record StageView(
      int number,
      String name,
      Progress progress,
      int segments,
      int openSegments,
      Instant openedAt,
      @Nullable Instant closedAt) {}

  /**
   * A segment as the reader returns it.
   *
   * @param epoch number of leases so far
   */
  public record SegmentView(
      int stage,
      int segment,
      SegmentStatus status,
      int epoch,
      int attempts,
      Progress progress,
      @Nullable String leaseOwner,
      @Nullable Instant leaseExpiresAt,
      @Nullable String lastError) {}

  /** A failed item as the reader returns it. */
  public record FailureView(
      long id,
      int stage,
      int segment,
      int target,
      String item,
      String code,
      String text,
      int attempt,
      Instant failedAt) {}

  /**
   * A target as the reader returns it.
   *
   * @param verdict {@code gone}, {@code left-over}, {@code changed-since} or {@code unknown}; null
   *     before verify, or if the target failed
   */
  public record TargetView(
      int number,
      String target,
      boolean failed,
      @Nullable JobError error,
      @Nullable String verdict,
      List<String> leftOver,
      Map<String, String> facts) {}

  /** The same job with its stages. */
  public JobView withStages(List<StageView> read) {
    return new JobView(
        id,
        kind,
        status,
        parameters,
        requester,
        terms,
        origin,
        targetCount,
        acceptedAt,
        startedAt,
        cancelRequestedAt,
        finalizedAt,
        changedAt,
        version,
        error,
        waitingFor,
        paced,
        approval,
        read);
  }

  /** Items of the stages that do the job's work: neither plan, count nor verify. */
  public Progress progress() {
    return stages.stream()
        .filter(stage -> !WITHOUT_ITEMS.contains(stage.name()))
        .map(StageView::progress)
        .reduce(Progress.NONE, Progress::plus);
  }
}
