package dev.bailiff.standalone;

import dev.bailiff.schemas.api.audit.AuditEntryReply;
import dev.bailiff.standalone.client.JobRequests;
import dev.bailiff.standalone.terminal.Terminal;
import dev.bailiff.standalone.terminal.TextTable;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bailiff audit list}. */
@Command(
    name = "list",
    description = {
      "Lists who did what, the newest first.",
      "",
      "  bailiff audit list --whom @spam:example.org --since -7d",
      ""
    })
final class AuditListCommand implements Callable<Integer> {
  @Mixin private AuditFilterOptions filter = new AuditFilterOptions();

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "50",
      description = "At most so many (default: ${DEFAULT-VALUE}).")
  private int limit;

  @Option(names = "--json", description = "Print the rows as a JSON list.")
  private boolean json;

  @Mixin private ApiOptions api = new ApiOptions();

  @Override
  public Integer call() {
    Terminal terminal = Terminal.ofProcess();
    var rows = api.calls().audit(filter.query(), Math.max(1, limit));
    if (json) {
      terminal.out().println(rows);
      return ExitCode.DONE;
    }
    TextTable table = new TextTable("at", "who", "from", "what", "whom", "items", "job", "result");
    for (AuditEntryReply row : JobRequests.as(AuditEntryReply.class, rows)) {
      table.add(
          row.at().truncatedTo(ChronoUnit.SECONDS),
          Objects.requireNonNullElse(row.who(), ""),
          Objects.requireNonNullElse(row.address(), ""),
          row.what(),
          Objects.requireNonNullElse(row.whom(), ""),
          row.items().isEmpty() ? "" : Integer.toString(row.items().size()),
          row.jobId() == null ? "" : String.valueOf(row.jobId()),
          row.result());
    }
    table.lines().forEach(terminal.out()::println);
    return ExitCode.DONE;
  }
}
