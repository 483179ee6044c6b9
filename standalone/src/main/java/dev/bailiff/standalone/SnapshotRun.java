package dev.bailiff.standalone;

import dev.bailiff.audit.AuditEntry;
import dev.bailiff.database.Database;
import dev.bailiff.database.DatabaseConfig;
import dev.bailiff.homeserver.store.StoreHomeserverFactory;
import dev.bailiff.homeserver.store.media.LocalMediaFiles;
import dev.bailiff.homeserver.store.snapshot.ImportProgress;
import dev.bailiff.homeserver.store.snapshot.ImportReport;
import dev.bailiff.homeserver.store.snapshot.SnapshotImporter;
import dev.bailiff.job.store.HomeserverClaim;
import dev.bailiff.standalone.terminal.ProgressDisplay;
import dev.bailiff.standalone.terminal.ProgressRow;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One import into a store; shows its progress. */
final class SnapshotRun {
  private static final String LABEL = "import";

  private final DatabaseConfig database;
  private final Path mediaFolder;
  private final boolean overwrites;

  /**
   * Prepares an import.
   *
   * @param overwrites whether the snapshot replaces changes that Bailiff made
   */
  SnapshotRun(DatabaseConfig database, Path mediaFolder, boolean overwrites) {
    this.database = database;
    this.mediaFolder = mediaFolder;
    this.overwrites = overwrites;
  }

  /**
   * Imports the folder. Continues an interrupted import.
   *
   * @param display null = no progress is shown
   */
  ImportReport run(Path snapshot, @Nullable String serverName, @Nullable ProgressDisplay display) {
    try (Database opened = CommandDatabase.open(database, LABEL)) {
      HomeserverClaim claim = new HomeserverClaim(opened.jdbi());
      claim.require(StoreHomeserverFactory.TYPE, null);
      opened.migrate();
      SnapshotImporter leaving =
          new SnapshotImporter(opened.jdbi(), new LocalMediaFiles(mediaFolder));
      SnapshotImporter importer = overwrites ? leaving.overwriting() : leaving;
      long began = System.nanoTime();
      ImportReport report =
          importer.importFrom(
              snapshot,
              serverName,
              progress -> {
                if (display != null) {
                  display.show(List.of(row(progress, System.nanoTime() - began)));
                }
              });
      claim.require(StoreHomeserverFactory.TYPE, report.serverName());
      opened
          .jdbi()
          .useHandle(
              new AuditEntry(
                      "command",
                      null,
                      null,
                      "bailiff import",
                      report.serverName(),
                      null,
                      null,
                      "done")
                  ::insert);
      if (display != null) {
        display.show(List.of(ended(report)));
        display.finish();
      }
      return report;
    }
  }

  /**
   * The number of lines is not known before the end of a snapshot, but the share of the file that
   * was read is.
   */
  private static ProgressRow row(ImportProgress progress, long nanos) {
    double seconds = Math.max(0.001, nanos / 1e9);
    double fraction = progress.fraction();
    long total = fraction > 0 ? Math.round(progress.lines() / fraction) : 0;
    Duration left =
        fraction > 0.01 ? Duration.ofMillis((long) (seconds * 1000 * (1 / fraction - 1))) : null;
    return new ProgressRow(
        LABEL, "records", total, progress.lines(), 0, 0, progress.lines() / seconds, left, false);
  }

  private static ProgressRow ended(ImportReport report) {
    return new ProgressRow(
        LABEL, "completed", report.lines(), report.lines(), 0, 0, null, null, true);
  }
}
