package dev.bailiff.gateway.admin.media;

import dev.bailiff.gateway.auth.LocalServer;
import dev.bailiff.gateway.auth.LocalUsers;
import dev.bailiff.gateway.job.submit.JobSubmission;
import dev.bailiff.gateway.job.wait.JobWaits;
import dev.bailiff.gateway.route.ApiModule;
import dev.bailiff.homeserver.media.MediaPages;
import dev.bailiff.job.store.JobPartReader;
import java.util.List;

/** Deletions of media, which are jobs. */
public record MediaDeletionCalls(
    LocalUsers users,
    LocalServer localServer,
    JobSubmission submission,
    JobWaits waits,
    JobPartReader parts)
    implements ApiModule {

  /**
   * The deletion of one medium, where that is a job too: with the own store. With another
   * homeserver it is a light call.
   */
  public static ApiModule ofOneMedium(
      LocalServer localServer,
      MediaPages media,
      JobSubmission submission,
      JobWaits waits,
      JobPartReader parts) {
    return () ->
        List.of(
            new MediaDeletionResource(
                localServer, media, new MediaDeletionJobs(submission, waits, parts)));
  }

  @Override
  public List<Object> resources() {
    var deletions = new MediaDeletionJobs(submission, waits, parts);
    return List.of(
        new UserMediaDeletionResource(users, deletions),
        new MediaSweepResource(deletions),
        new ServerMediaSweepResource(localServer, deletions));
  }
}
