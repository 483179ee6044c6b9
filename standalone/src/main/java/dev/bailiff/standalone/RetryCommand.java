package dev.bailiff.standalone;

import dev.bailiff.standalone.client.JobRequests;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code bailiff retry}. */
@Command(
    name = "retry",
    description = {
      "Makes a job of what an ended job left over: targets that failed, that are left over, or that were not verified.",
      "",
      "Kind and parameters stay as they were, and so does what is not said anew. A second call names the same new job.",
      ""
    })
final class RetryCommand implements Callable<Integer> {
  @Mixin private TermOptions terms = new TermOptions();
  @Mixin private FollowingJob following = new FollowingJob();

  @Override
  public Integer call() {
    return following.make(terms, JobRequests::retry);
  }
}
