package dev.bailiff.gateway.admin.deactivation;

import dev.bailiff.gateway.auth.LocalUsers;
import dev.bailiff.gateway.job.submit.JobSubmission;
import dev.bailiff.gateway.job.wait.JobWaits;
import dev.bailiff.gateway.route.ApiModule;
import dev.bailiff.job.store.JobPartReader;
import java.util.List;

/** The call that deactivates an account. */
public record DeactivationCalls(
    LocalUsers users, JobSubmission submission, JobWaits waits, JobPartReader parts)
    implements ApiModule {

  @Override
  public List<Object> resources() {
    return List.of(new DeactivationResource(users, submission, waits, parts));
  }
}
