package dev.bailiff.gateway.admin.user;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bailiff.gateway.admin.deactivation.DeactivationReply;
import dev.bailiff.gateway.job.wait.WaitedReply;
import dev.bailiff.gateway.request.UserId;
import dev.bailiff.homeserver.store.account.Accounts;
import dev.bailiff.job.JobView;
import org.jspecify.annotations.Nullable;

/** The user object, after a deactivation by 4.2. */
record UserReply(Accounts accounts, UserId user) implements WaitedReply {

  @Override
  public ObjectNode body(@Nullable JobView job) {
    return job == null
        ? JsonNodeFactory.instance.objectNode().put("name", user.value())
        : UserJson.of(accounts, user);
  }

  @Override
  public boolean isEnough(JobView job) {
    return DeactivationReply.isClosed(job);
  }
}
