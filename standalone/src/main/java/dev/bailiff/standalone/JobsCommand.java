package dev.bailiff.standalone;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.bailiff.schemas.api.JobReply;
import dev.bailiff.standalone.client.JobRequests;
import dev.bailiff.standalone.terminal.Terminal;
import dev.bailiff.standalone.terminal.TextTable;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bailiff jobs}. */
@Command(
    name = "jobs",
    description = {
      "Lists jobs, the newest first. All conditions are to be met.",
      "",
      "  bailiff jobs --status failed --since -7d",
      "  bailiff jobs --target @spam:example.org --text mod-112",
      ""
    })
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
      names = "--requester",
      paramLabel = "ID",
      defaultValue = "",
      description = "Jobs that this user asked for, or token:NAME.")
  private String requester = "";

  @Option(
      names = "--target",
      paramLabel = "ID",
      defaultValue = "",
      description = "Jobs that have this user, room or medium among their targets.")
  private String target = "";

  @Option(
      names = "--since",
      paramLabel = "TIME",
      defaultValue = "",
      description = {
        "Jobs accepted then or later: 2026-11-23T08:00:00Z, a day such as 2026-11-23,",
        "or so long ago, such as -24h."
      })
  private String since = "";

  @Option(
      names = "--until",
      paramLabel = "TIME",
      defaultValue = "",
      description = "Jobs accepted before.")
  private String until = "";

  @Option(
      names = "--text",
      paramLabel = "TEXT",
      defaultValue = "",
      description = "Jobs with this text in their reason or reference, upper or lower case.")
  private String text = "";

  @Option(
      names = "--retry-of",
      paramLabel = "ID",
      defaultValue = "",
      description = "Jobs that work once more what this job left over.")
  private String retryOf = "";

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
    ArrayNode jobs = api.calls().jobs(query(), Math.max(1, limit));
    if (json) {
      terminal.out().println(jobs);
      return ExitCode.DONE;
    }
    TextTable table =
        new TextTable("job", "kind", "status", "total", "done", "failed", "skipped", "accepted");
    for (JobReply job : JobRequests.as(JobReply.class, jobs)) {
      table.add(
          job.jobId(),
          job.dryRun() ? job.kind() + " (dry run)" : job.kind(),
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

  private Map<String, String> query() {
    var times = new GivenTime(Clock.systemUTC().instant(), ZoneId.systemDefault());
    return Map.of(
        "status", status,
        "kind", kind,
        "requester", requester,
        "target", target,
        "accepted_after", times.parse("--since", since),
        "accepted_before", times.parse("--until", until),
        "text", text,
        "retry_of", retryOf);
  }
}
