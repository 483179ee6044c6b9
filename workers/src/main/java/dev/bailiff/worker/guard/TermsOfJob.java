package dev.bailiff.worker.guard;

import dev.bailiff.guard.GuardRails;
import dev.bailiff.guard.Rail;
import dev.bailiff.homeserver.batch.Target;
import dev.bailiff.job.JobId;
import dev.bailiff.job.store.JobTargets;
import java.util.Set;

/** What a stored job says of its targets. */
record TermsOfJob(JobTargets targets, JobId job) implements GuardRails.Terms {
  private static final int MOST_WORDS = 10;

  @Override
  public boolean takesBefore(String user, Target target) {
    var number = targets.number(job, user);
    return number.isPresent()
        && number.getAsInt() < target.number()
        && !targets.open(job, number.getAsInt(), number.getAsInt() + 1, 1).isEmpty();
  }

  @Override
  public Set<String> waived(Target target) {
    return Set.copyOf(targets.items(job, target.number(), Rail.WAIVED, null, MOST_WORDS));
  }
}
