package dev.bailiff.gateway.admin.media;

import dev.bailiff.gateway.auth.LocalServer;
import dev.bailiff.gateway.job.submit.JobSubmission;
import dev.bailiff.gateway.job.wait.JobWaits;
import dev.bailiff.gateway.route.ApiModule;
import dev.bailiff.homeserver.media.MediaPages;
import dev.bailiff.job.store.JobPartReader;
import java.util.List;

/** The deletion of one medium: a job with the own store, a light call with another homeserver. */
public record MediumDeletionCalls(
    LocalServer localServer,
    MediaPages media,
    JobSubmission submission,
    JobWaits waits,
    JobPartReader parts)
    implements ApiModule {

  @Override
  public List<Object> resources() {
    return List.of(
        new MediaDeletionResource(
            localServer, media, new MediaDeletionJobs(submission, waits, parts)));
  }
}
