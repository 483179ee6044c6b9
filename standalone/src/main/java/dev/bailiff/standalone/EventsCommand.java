package dev.bailiff.standalone;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bailiff.schemas.api.JobChangeReply;
import dev.bailiff.standalone.client.ApiClient;
import dev.bailiff.standalone.client.JobEvents;
import dev.bailiff.standalone.terminal.Terminal;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bailiff events}. */
@Command(
    name = "events",
    description = {
      "Follows jobs as they change, a line for each change, until Ctrl-C.",
      "",
      "  bailiff events --status failed",
      "  bailiff events --job 0f7c1c62-5b0e-4a9e-9d0b-6f5f4f3c1a2b",
      ""
    })
final class EventsCommand implements Callable<Integer> {
  @Option(
      names = "--job",
      paramLabel = "ID",
      defaultValue = "",
      description = "Only this job, until it has ended.")
  private String job = "";

  @Option(
      names = "--kind",
      paramLabel = "KIND",
      defaultValue = "",
      description = "Only jobs of this kind, such as delete-rooms.")
  private String kind = "";

  @Option(
      names = "--status",
      paramLabel = "STATUS",
      defaultValue = "",
      description = "Only changes to this status, such as failed.")
  private String status = "";

  @Option(names = "--json", description = "Print each state as a line of JSON.")
  private boolean json;

  @Mixin private ApiOptions api = new ApiOptions();

  @Override
  public Integer call() {
    if (!job.isEmpty() && !(kind.isEmpty() && status.isEmpty())) {
      throw new CommandException(ExitCode.WRONG_USAGE, "give either --job, or --kind and --status");
    }
    var terminal = Terminal.ofProcess();
    Consumer<JsonNode> print = state -> terminal.out().println(json ? state : line(state));
    var calls = new ApiClient(api.address(System.getenv()));
    var events =
        job.isEmpty()
            ? JobEvents.ofAll(
                calls,
                Map.of("kind", kind, "status", status),
                print,
                () -> System.err.println("more jobs changed than were told: see 'bailiff jobs'"))
            : JobEvents.ofJob(calls, job, print);
    events.follow();
    return ExitCode.DONE;
  }

  private static String line(JsonNode state) {
    var change = ApiClient.as(JobChangeReply.class, state);
    var progress = change.progress();
    var line =
        new StringBuilder(change.jobId())
            .append("  ")
            .append(change.kind())
            .append(change.dryRun() ? " (dry run)" : "")
            .append("  ")
            .append(change.status());
    if (change.stage() != null) {
      line.append(' ').append(change.stage());
    }
    if (change.waitingFor() != null) {
      line.append(", waits for ").append(change.waitingFor());
    }
    line.append("  ").append(progress.done()).append(" of ").append(progress.total());
    if (progress.failed() > 0) {
      line.append(", ").append(progress.failed()).append(" failed");
    }
    if (progress.skipped() > 0) {
      line.append(", ").append(progress.skipped()).append(" skipped");
    }
    if (change.error() != null) {
      line.append("  ").append(change.error().error());
    }
    return line.toString();
  }
}
