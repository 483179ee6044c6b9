package dev.bailiff.gateway.job.follow;

import dev.bailiff.job.JobView;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A state of a job, for all who follow it. Its JSON is made once, whoever asks first.
 *
 * <p><b>Concurrency:</b> thread-safe.
 */
final class JobChange {
  private final JobView job;
  private final long mark;
  private volatile byte @Nullable [] json;

  /**
   * @param mark the number of a transition: whoever has this state and all that came before it has
   *     all up to that number
   */
  JobChange(JobView job, long mark) {
    this.job = job;
    this.mark = mark;
  }

  JobView job() {
    return job;
  }

  long mark() {
    return mark;
  }

  byte[] json(Function<JobView, byte[]> writer) {
    var known = json;
    if (known == null) {
      known = writer.apply(job);
      json = known;
    }
    return known;
  }
}
