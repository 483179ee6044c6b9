package dev.bailiff.standalone;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.bailiff.schemas.api.JobReply;
import dev.bailiff.standalone.client.JobRequests;
import dev.bailiff.standalone.terminal.Terminal;
import dev.bailiff.standalone.terminal.TextTable;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bailiff jobs}. */
@Command(
    name = "jobs",
    description = {"Lists jobs, the newest first.", ""})
final class JobsCommand implements Callable<Integer> {
  @Option(
      names = "--status",
      paramLabel = "STATUS",
      defaultValue = "",
      description = "Such as active.")
  private String status = "";

  @Option(
      names = "--kind",
      paramLabel = "KIND",
      defaultValue = "",
      description = "Such as delete-rooms.")
  private String kind = "";

  @Option(
      names = "--target",
      paramLabel = "ID",
      defaultValue = "",
      description = "Jobs that have this user or room among their targets.")
  private String target = "";

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "50",
      description = "At most so many (default: ${DEFAULT-VALUE}).")
  private int limit;

  @Option(names = "--json", description = "Print the jobs as a JSON list.")
  private boolean json;

  @Mixin private ApiOptions api = new ApiOptions();

  @Override
  public Integer call() {
    Terminal terminal = Terminal.ofProcess();
    ArrayNode jobs =
        api.calls()
            .jobs(Map.of("status", status, "kind", kind, "target", target), Math.max(1, limit));
    if (json) {
      terminal.out().println(jobs);
      return ExitCode.DONE;
    }
    TextTable table =
        new TextTable("job", "kind", "status", "total", "done", "failed", "skipped", "accepted");
    for (JobReply job : JobRequests.as(JobReply.class, jobs)) {
      table.add(
          job.jobId(),
          job.kind(),
          job.status(),
          job.progress().total(),
          job.progress().done(),
          job.progress().failed(),
          job.progress().skipped(),
          job.acceptedAt());
    }
    table.lines().forEach(terminal.out()::println);
    return ExitCode.DONE;
  }
}
