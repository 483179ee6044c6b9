package dev.bailiff.standalone;

import dev.bailiff.audit.AuditHead;
import dev.bailiff.audit.AuditReport;
import dev.bailiff.audit.AuditVerification;
import dev.bailiff.standalone.terminal.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bailiff audit verify}. */
@Command(
    name = "verify",
    description = {
      "Compares the rows of the audit with their chain. Exit code 1 if something was changed, added or taken away.",
      "",
      "What was cut off at the end, rows and links together, shows by a head of before alone: keep some elsewhere, from the log"
          + " of the workers ('audit head') or from the topic audit-heads.",
      ""
    })
final class AuditVerifyCommand implements Callable<Integer> {
  @Option(
      names = "--heads",
      paramLabel = "FILE",
      description = "Heads that were kept: lines of a log, or records of the topic.")
  private @Nullable Path heads;

  @Mixin private AuditStore store = new AuditStore();

  @Override
  public Integer call() {
    Terminal terminal = Terminal.ofProcess();
    StandardOutput.claim();
    List<AuditHead> kept = kept();
    AuditReport report = store.with(jdbi -> new AuditVerification(jdbi).run(kept));
    print(report, kept.size(), terminal);
    return report.isWhole() ? ExitCode.DONE : ExitCode.ENDED_BADLY;
  }

  private static void print(AuditReport report, int kept, Terminal terminal) {
    var out = terminal.out();
    report.faults().forEach(fault -> out.println("NOT AS IT WAS: " + fault));
    if (report.furtherFaults() > 0) {
      out.println("and " + report.furtherFaults() + " more");
    }
    report.archived().forEach(month -> out.println("archived: " + month));
    out.println(
        report.rows()
            + " rows "
            + (report.isWhole() ? "are as they were chained" : "were compared with the chain")
            + (kept > 0 ? "; compared with " + kept + " heads" : ""));
    out.println(report.head().map(head -> "head " + head).orElse("nothing is chained yet"));
    report
        .unchainedSince()
        .ifPresent(
            since -> out.println(report.unchained() + " rows are not chained yet, since " + since));
  }

  private List<AuditHead> kept() {
    if (heads == null) {
      return List.of();
    }
    try {
      List<AuditHead> found = AuditHead.in(Files.readString(heads));
      if (found.isEmpty()) {
        throw new CommandException(
            ExitCode.WRONG_USAGE,
            heads + " has no head: a line has a number, and a hash of 64 hexadecimal digits");
      }
      return found;
    } catch (IOException e) {
      throw new CommandException(ExitCode.WRONG_USAGE, heads + " cannot be read: " + e);
    }
  }
}
