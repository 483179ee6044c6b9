package dev.bailiff.standalone;

import dev.bailiff.schemas.api.PlanReply;
import dev.bailiff.standalone.client.ApiClient;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code bailiff run}. */
@Command(
    name = "run",
    description = {
      "Makes a job of exactly the targets of a dry run, without those that its plan leaves out.",
      "",
      "  bailiff submit clean-up-users --filter 'created>-24h user_id=@crypto-*' --dry-run",
      "  bailiff run JOB --reason 'spam wave' --yes=37 --watch",
      "",
      "JOB is the first line that the dry run printed. A second call names the same new job.",
      "For more than one target the number is asked for; in a pipe --yes=N answers that.",
      ""
    })
final class RunCommand implements Callable<Integer> {
  @Spec private CommandSpec verb = CommandSpec.create();

  @Mixin private TermOptions terms = new TermOptions();
  @Mixin private Confirmation confirmation = new Confirmation();
  @Mixin private FollowingJob following = new FollowingJob();

  @Override
  public Integer call() {
    return following.make(
        terms,
        (calls, id, request) -> {
          var plan = ApiClient.as(PlanReply.class, calls.plan(id));
          if (plan.targets() > 1) {
            confirmation.ask(plan, verb.commandLine().getErr());
          }
          return calls.run(id, request);
        });
  }
}
