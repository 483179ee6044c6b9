package dev.bailiff.gateway.resource.user;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bailiff.gateway.http.UserId;
import dev.bailiff.gateway.resource.LocalUsers;
import dev.bailiff.gateway.wait.WaitedReply;
import dev.bailiff.job.JobView;
import org.jspecify.annotations.Nullable;

/** The user object, after a deactivation by 4.2. */
record UserReply(LocalUsers users, UserId user) implements WaitedReply {

  @Override
  public ObjectNode body(@Nullable JobView job) {
    return job == null
        ? JsonNodeFactory.instance.objectNode().put("name", user.value())
        : UserJson.of(users.find(user));
  }

  @Override
  public boolean isEnough(JobView job) {
    return DeactivationReply.isClosed(job);
  }
}
