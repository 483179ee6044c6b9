package dev.bailiff.standalone;

import dev.bailiff.standalone.client.JobRequests;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code bailiff run}. */
@Command(
    name = "run",
    description = {
      "Makes a job of exactly the targets of a dry run, without those that its plan leaves out.",
      "",
      "  bailiff submit clean-up-users --filter 'created>-24h user_id=@crypto-*' --dry-run",
      "  bailiff run JOB --reason 'spam wave' --watch",
      "",
      "JOB is the first line that the dry run printed. A second call names the same new job.",
      ""
    })
final class RunCommand implements Callable<Integer> {
  @Mixin private TermOptions terms = new TermOptions();
  @Mixin private FollowingJob following = new FollowingJob();

  @Override
  public Integer call() {
    return following.make(terms, JobRequests::run);
  }
}
