package dev.bailiff.gateway.job.wait;

import dev.bailiff.job.JobView;
import dev.bailiff.schemas.api.EmptyReply;
import org.jspecify.annotations.Nullable;

/** The reply of one kind of waiting call. */
public interface WaitedReply {

  /** A reply without keys. */
  WaitedReply EMPTY = job -> new EmptyReply();

  /**
   * The documented body with all its keys, as far as {@code job} has got.
   *
   * @param job null if the store did not answer; then nothing may be read
   */
  Record body(@Nullable JobView job);

  /** Whether the call answers now, although the job goes on. */
  default boolean isEnough(JobView job) {
    return false;
  }
}
