package dev.bailiff.gateway.job.submit;

import dev.bailiff.job.JobParameters;
import dev.bailiff.job.TargetSnapshot;
import java.util.List;
import java.util.Optional;

/** The part of the kinds in the acceptance of their jobs. */
public interface Admission {

  /**
   * Checks parameters of a job that our own API gets.
   *
   * @throws dev.bailiff.gateway.error.ApiException if this homeserver does not allow them
   */
  void check(JobParameters parameters);

  /**
   * Checks the targets that a request lists, if more than these are looked for.
   *
   * @throws dev.bailiff.gateway.error.ApiException if one is not known here
   */
  void checkListed(JobParameters parameters, List<String> targets);

  /**
   * The meaning of the targets of a job with these parameters, as of now. The homeserver is asked
   * when the snapshot is read.
   *
   * @return empty if the job needs no snapshot
   */
  Optional<TargetSnapshot> snapshot(JobParameters parameters);
}
