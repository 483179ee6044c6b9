package dev.bailiff.gateway.admin.user;

import dev.bailiff.gateway.admin.deactivation.DeactivationResult;
import dev.bailiff.gateway.job.wait.WaitedReply;
import dev.bailiff.gateway.request.UserId;
import dev.bailiff.homeserver.store.account.Accounts;
import dev.bailiff.job.JobView;
import dev.bailiff.schemas.api.user.UserNameReply;
import org.jspecify.annotations.Nullable;

/** The user object, after a deactivation by 4.2. */
record DeactivatedUser(Accounts accounts, UserId user) implements WaitedReply {

  @Override
  public Record body(@Nullable JobView job) {
    return job == null ? new UserNameReply(user.value()) : UserReplies.of(accounts, user);
  }

  @Override
  public boolean isEnough(JobView job) {
    return DeactivationResult.isClosed(job);
  }
}
