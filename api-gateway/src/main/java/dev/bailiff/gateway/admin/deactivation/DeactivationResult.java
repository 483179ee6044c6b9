package dev.bailiff.gateway.admin.deactivation;

import dev.bailiff.gateway.job.wait.WaitedReply;
import dev.bailiff.job.JobView;
import dev.bailiff.job.store.JobPartReader;
import dev.bailiff.schemas.api.deactivation.DeactivationReply;
import dev.bailiff.schemas.kind.DeactivateUsersContract;
import org.jspecify.annotations.Nullable;

/**
 * The reply of 4.7. The call answers when the account is closed, while the job still leaves rooms.
 */
public record DeactivationResult(JobPartReader parts) implements WaitedReply {
  private static final String UNBIND_RESULT = "id_server_unbind_result";

  @Override
  public DeactivationReply body(@Nullable JobView job) {
    var result =
        job == null
            ? null
            : parts.targets(job.id(), -1, 1).stream()
                .map(target -> target.facts().get(UNBIND_RESULT))
                .findFirst()
                .orElse(null);
    return new DeactivationReply(result);
  }

  @Override
  public boolean isEnough(JobView job) {
    return isClosed(job);
  }

  /**
   * Whether the account is closed. If the account could not be closed, the job has failed by the
   * time the stage is closed.
   */
  public static boolean isClosed(JobView job) {
    return job.stages().stream()
        .anyMatch(
            stage ->
                stage.name().equals(DeactivateUsersContract.CLOSE_ACCOUNT)
                    && stage.closedAt() != null);
  }
}
