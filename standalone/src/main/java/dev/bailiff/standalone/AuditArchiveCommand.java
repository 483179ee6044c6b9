package dev.bailiff.standalone;

import dev.bailiff.audit.AuditArchive;
import dev.bailiff.audit.AuditArchive.Archived;
import dev.bailiff.standalone.terminal.Terminal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.YearMonth;
import java.util.concurrent.Callable;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bailiff audit archive}. */
@Command(
    name = "archive",
    description = {
      "Puts the rows of a past month into a file and takes them out of the database, as the owner of its tables.",
      "",
      "  bailiff audit archive 2026-10 --to audit-2026-10.ndjson",
      "",
      "The chain over the other months stays whole, and keeps the digests of the rows: a line of the file is a row, and the"
          + " SHA-256 of a line is the digest of its row.",
      ""
    })
final class AuditArchiveCommand implements Callable<Integer> {
  @Parameters(paramLabel = "MONTH", description = "Such as 2026-10.")
  private YearMonth month = YearMonth.of(1970, 1);

  @Option(names = "--to", required = true, paramLabel = "FILE", description = "The new file.")
  private @Nullable Path file;

  @Mixin private AuditStore store = new AuditStore();

  @Override
  public Integer call() {
    Terminal terminal = Terminal.ofProcess();
    StandardOutput.claim();
    Path target = file == null ? Path.of("") : file;
    Archived archived = store.asOwner(jdbi -> archive(jdbi, target));
    terminal
        .out()
        .println(
            archived.rows()
                + " rows of "
                + archived.month()
                + " are in "
                + target
                + ", sha256:"
                + archived.sha256());
    terminal.out().println("head at the cut " + archived.head());
    return ExitCode.DONE;
  }

  private Archived archive(Jdbi jdbi, Path target) {
    try {
      return new AuditArchive(jdbi, Clock.systemUTC()).archive(month, target);
    } catch (IllegalStateException e) {
      throw new CommandException(ExitCode.REFUSED, String.valueOf(e.getMessage()));
    } catch (FileAlreadyExistsException e) {
      throw new CommandException(ExitCode.WRONG_USAGE, target + " exists: name another file");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
