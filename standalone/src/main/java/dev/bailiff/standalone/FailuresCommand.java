package dev.bailiff.standalone;

import dev.bailiff.schemas.api.FailureReply;
import dev.bailiff.standalone.client.JobRequests;
import dev.bailiff.standalone.terminal.Terminal;
import dev.bailiff.standalone.terminal.TextTable;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code bailiff failures}. */
@Command(
    name = "failures",
    description = {
      "Lists the items of a job that failed, and why, oldest first.",
      "",
      "  bailiff failures 0f7c8a… --csv > failures.csv",
      ""
    })
final class FailuresCommand implements Callable<Integer> {
  @Parameters(paramLabel = "JOB", description = "The id that submit printed.")
  private String id = "";

  @Mixin private ListOptions list = new ListOptions();
  @Mixin private ApiOptions api = new ApiOptions();

  @Override
  public Integer call() {
    JobRequests calls = api.calls();
    if (list.printFile(calls, id, "failures", Map.of())) {
      return ExitCode.DONE;
    }
    Terminal terminal = Terminal.ofProcess();
    var failures = calls.failures(id, list.limit());
    if (list.json()) {
      terminal.out().println(failures);
      return ExitCode.DONE;
    }
    TextTable table = new TextTable("item", "error", "attempt", "failed");
    for (FailureReply failure : JobRequests.as(FailureReply.class, failures)) {
      table.add(failure.item(), failure.error(), failure.attempt(), failure.failedAt());
    }
    table.lines().forEach(terminal.out()::println);
    return ExitCode.DONE;
  }
}
