package dev.bailiff.gateway.admin.media;

import dev.bailiff.gateway.auth.Call;
import dev.bailiff.gateway.job.KindNames;
import dev.bailiff.gateway.job.submit.JobSubmission;
import dev.bailiff.gateway.job.wait.JobWaits;
import dev.bailiff.job.store.JobPartReader;
import dev.bailiff.schemas.kind.DeleteMediaParameters;
import jakarta.ws.rs.container.AsyncResponse;

/**
 * The common part of the calls that delete media: {@code delete-media} jobs of one target, and
 * their reply.
 */
final class MediaDeletionJobs {
  /** For a medium that is named in the path. */
  static final DeleteMediaParameters NO_PARAMETERS =
      new DeleteMediaParameters(null, null, null, null);

  private final JobSubmission submission;
  private final JobWaits waits;
  private final DeletedMedia reply;

  MediaDeletionJobs(JobSubmission submission, JobWaits waits, JobPartReader parts) {
    this.submission = submission;
    this.waits = waits;
    this.reply = new DeletedMedia(parts);
  }

  void delete(String target, DeleteMediaParameters parameters, Call call, AsyncResponse response) {
    var job = submission.submitOne(KindNames.DELETE_MEDIA, target, parameters, call.caller());
    waits.answer(job, call.preference(), call.caller().token(), reply, response);
  }
}
