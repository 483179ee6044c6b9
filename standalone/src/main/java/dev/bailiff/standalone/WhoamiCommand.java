package dev.bailiff.standalone;

import dev.bailiff.schemas.api.token.CallerReply;
import dev.bailiff.standalone.client.ApiClient;
import dev.bailiff.standalone.terminal.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bailiff whoami}. */
@Command(
    name = "whoami",
    description = {"Tells who calls with the token that is used, and what it may.", ""})
final class WhoamiCommand implements Callable<Integer> {
  @Option(names = "--json", description = "Print the answer as JSON.")
  private boolean json;

  @Mixin private ApiOptions api = new ApiOptions();

  @Override
  public Integer call() {
    var out = Terminal.ofProcess().out();
    var answer = api.calls().whoami();
    if (json) {
      out.println(answer);
      return ExitCode.DONE;
    }
    var caller = ApiClient.as(CallerReply.class, answer);
    out.println(caller.requester());
    caller.scopes().forEach(scope -> out.println("  " + scope));
    caller.targets().forEach(glob -> out.println("only " + glob));
    if (caller.mostTargets() != null) {
      out.println("at most " + caller.mostTargets() + " targets a job");
    }
    if (caller.jobsAMinute() != null) {
      out.println("at most " + caller.jobsAMinute() + " jobs a minute");
    }
    if (caller.targetsADay() != null) {
      out.println("at most " + caller.targetsADay() + " targets a day");
    }
    if (caller.expiresAt() != null) {
      out.println("until " + caller.expiresAt());
    }
    return ExitCode.DONE;
  }
}
