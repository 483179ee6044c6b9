package dev.bailiff.standalone;

import dev.bailiff.schemas.api.TargetReply;
import dev.bailiff.standalone.client.JobRequests;
import dev.bailiff.standalone.terminal.Terminal;
import dev.bailiff.standalone.terminal.TextTable;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bailiff targets}. */
@Command(
    name = "targets",
    description = {
      "Lists the targets of a job, with what the verification found.",
      "",
      "  bailiff targets 0f7c8a… --verdict left-over",
      "  bailiff targets 0f7c8a… --format csv > targets.csv",
      ""
    })
final class TargetsCommand implements Callable<Integer> {
  @Parameters(paramLabel = "JOB", description = "The id that submit printed.")
  private String id = "";

  @Option(
      names = "--verdict",
      paramLabel = "VERDICT",
      defaultValue = "",
      description = "Only those: gone, left-over or unknown.")
  private String verdict = "";

  @Mixin private ListOptions list = new ListOptions();
  @Mixin private ApiOptions api = new ApiOptions();

  @Override
  public Integer call() {
    JobRequests calls = api.calls();
    if (list.printFile(calls, id, "targets", Map.of("verdict", verdict))) {
      return ExitCode.DONE;
    }
    Terminal terminal = Terminal.ofProcess();
    var targets = calls.targets(id, verdict, list.limit());
    if (list.json()) {
      terminal.out().println(targets);
      return ExitCode.DONE;
    }
    TextTable table = new TextTable("target", "verdict", "why");
    for (TargetReply target : JobRequests.as(TargetReply.class, targets)) {
      table.add(target.target(), verdict(target), why(target));
    }
    table.lines().forEach(terminal.out()::println);
    return ExitCode.DONE;
  }

  private static String verdict(TargetReply target) {
    if (target.failed()) {
      return "failed";
    }
    var found = target.verdict();
    return found == null ? "-" : found;
  }

  private static String why(TargetReply target) {
    var error = target.error();
    return error == null ? String.join(", ", target.leftOver()) : error.error();
  }
}
