package dev.bailiff.standalone;

import dev.bailiff.schemas.api.worker.WorkerReply;
import dev.bailiff.schemas.api.worker.WorkerSegmentReply;
import dev.bailiff.standalone.client.JobRequests;
import dev.bailiff.standalone.terminal.Terminal;
import dev.bailiff.standalone.terminal.TextTable;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bailiff workers}. */
@Command(
    name = "workers",
    description = {
      "Lists the workers: since when they are there, when they were last seen, and what they work on.",
      ""
    })
final class WorkersCommand implements Callable<Integer> {
  @Option(names = "--json", description = "Print the workers as a JSON list.")
  private boolean json;

  @Mixin private ApiOptions api = new ApiOptions();

  @Override
  public Integer call() {
    Terminal terminal = Terminal.ofProcess();
    var workers = api.calls().workers();
    if (json) {
      terminal.out().println(workers);
      return ExitCode.DONE;
    }
    TextTable table =
        new TextTable("worker", "leads", "slots", "items/s", "started", "seen", "works on");
    for (WorkerReply worker : JobRequests.as(WorkerReply.class, workers)) {
      table.add(
          worker.worker(),
          worker.leads() ? "yes" : "",
          worker.slots().values().stream().mapToInt(Integer::intValue).sum(),
          worker.rate(),
          worker.startedAt(),
          worker.seenAt(),
          worker.segments().stream()
              .map(WorkersCommand::inWords)
              .distinct()
              .collect(Collectors.joining(", ")));
    }
    table.lines().forEach(terminal.out()::println);
    return ExitCode.DONE;
  }

  private static String inWords(WorkerSegmentReply segment) {
    return segment.kind() + " " + segment.stage() + " of " + segment.jobId();
  }
}
