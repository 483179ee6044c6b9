package dev.bailiff.gateway.job.follow;

import dev.bailiff.job.JobId;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who wants to know how jobs change. The feed calls from its own thread, for all followers
 * one after another, so nothing here may block. Compared by identity.
 */
interface Follower {

  /** The job that is followed; null for all jobs. */
  @Nullable JobId job();

  /** The newest state of a job. */
  void changed(JobChange change);

  /** The job that is followed is there no longer. */
  void gone();

  /** More jobs changed than could be told. */
  void missed();

  /** Ends it, as this gateway stops or the time is over. */
  void stop();
}
