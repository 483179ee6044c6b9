package dev.bailiff.homeserver.store.snapshot;

import dev.bailiff.homeserver.store.media.MediaFiles;
import dev.bailiff.homeserver.store.snapshot.ImportReport.SetAside;
import dev.bailiff.homeserver.store.snapshot.RecordBatch.Medium;
import dev.bailiff.homeserver.store.snapshot.RecordBatch.NumberedLine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/**
 * Imports a snapshot into the own store.
 *
 * <p><b>Repeated import:</b> importing the same snapshot again leaves the same rows. A stored row
 * takes the snapshot's values, so that a newer snapshot brings the store up to date. Rows that
 * Bailiff changed or deleted since the first import stay as they are and are counted, unless the
 * importer is an {@linkplain #overwriting overwriting} one. Stored events stay as they are in any
 * case, and redacted events stay redacted.
 *
 * <p><b>Interrupted import:</b> progress is committed with each batch; the next import of the
 * snapshot goes on after the last committed line.
 *
 * <p><b>Errors:</b> {@link SnapshotException} with line and reason; the batches before it are kept.
 * A record whose ids cannot be stored is set aside.
 */
public final class SnapshotImporter {

  private final ImportStore store;
  private final MediaFiles mediaFiles;
  private final boolean overwrites;

  public SnapshotImporter(Jdbi jdbi, MediaFiles mediaFiles) {
    this(new ImportStore(jdbi), mediaFiles, false);
  }

  private SnapshotImporter(ImportStore store, MediaFiles mediaFiles, boolean overwrites) {
    this.store = store;
    this.mediaFiles = mediaFiles;
    this.overwrites = overwrites;
  }

  /**
   * The same importer, except that rows that Bailiff changed or deleted take the snapshot's values.
   */
  public SnapshotImporter overwriting() {
    return new SnapshotImporter(store, mediaFiles, true);
  }

  /**
   * Imports a snapshot folder, or the rest of an interrupted import.
   *
   * @param serverName required server name of the snapshot; null for any
   * @param progress called after each batch, on this thread
   */
  public ImportReport importFrom(
      Path folder, @Nullable String serverName, Consumer<ImportProgress> progress) {
    try {
      return importFrom(new SnapshotFolder(folder), serverName, progress);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ImportReport importFrom(
      SnapshotFolder snapshot, @Nullable String serverName, Consumer<ImportProgress> progress)
      throws IOException {
    try (SnapshotFolder.Lines lines = snapshot.lines()) {
      return new Run(snapshot, lines, progress).run(serverName);
    }
  }

  /** One import, from the first line to the last. */
  private final class Run {
    private final SnapshotFolder snapshot;
    private final SnapshotFolder.Lines lines;
    private final Consumer<ImportProgress> progress;

    private String identity = "";
    private long line;
    private long events;
    private long earlierEvents;
    private long copied;
    private long missing;
    private long shortened;
    private long setAside;
    private final List<SetAside> firstSetAside = new ArrayList<>();
    private final Map<String, Long> leftAlone = new TreeMap<>();
    private ImportMode mode = ImportMode.FIRST;

    Run(SnapshotFolder snapshot, SnapshotFolder.Lines lines, Consumer<ImportProgress> progress) {
      this.snapshot = snapshot;
      this.lines = lines;
      this.progress = progress;
    }

    ImportReport run(@Nullable String serverName) throws IOException {
      String name = begin(serverName);
      long resumedBehind = resume();
      mode = mode();
      RecordBatch batch = new RecordBatch();
      for (NumberedLine next = read(); next != null; next = read()) {
        if (next.text().isBlank()) {
          continue;
        }
        try {
          batch.add(next);
        } catch (UnstorableIdException e) {
          setAside(next, String.valueOf(e.getMessage()));
        } catch (BadRecordException e) {
          throw new SnapshotException(next.number(), String.valueOf(e.getMessage()));
        }
        if (batch.isFull()) {
          commit(batch, false);
          batch = new RecordBatch();
        }
      }
      commit(batch, true);
      store.finish(mode);
      leftAlone.values().removeIf(count -> count == 0);
      return new ImportReport(
          name,
          line,
          resumedBehind,
          events,
          copied,
          missing,
          shortened,
          leftAlone,
          setAside,
          firstSetAside);
    }

    private ImportMode mode() {
      if (overwrites) {
        return ImportMode.OVERWRITE;
      }
      return store.wasImported() ? ImportMode.AGAIN : ImportMode.FIRST;
    }

    private void setAside(NumberedLine record, String reason) {
      setAside++;
      if (firstSetAside.size() < ImportReport.SET_ASIDE_SHOWN) {
        firstSetAside.add(new SetAside(record.number(), reason));
      }
    }

    /** Reads the first line, which has the server name, and checks that it fits the store. */
    private String begin(@Nullable String expected) throws IOException {
      NumberedLine first = read();
      if (first == null) {
        throw new SnapshotException(0, "the snapshot is empty");
      }
      try {
        JsonFields fields = JsonFields.parse(first.text());
        JsonFields.Value kind = fields.find("record");
        if (kind == null || !"server".equals(kind.text())) {
          throw new BadRecordException("the first record must be \"server\"");
        }
        String name = String.valueOf(RecordColumn.text("server_name").read(fields));
        if (expected != null && !expected.equals(name)) {
          throw new BadRecordException("the snapshot is of " + name + ", not of " + expected);
        }
        Object exportedAt = RecordColumn.number("exported_at").read(fields);
        Object software = RecordColumn.text("software").optional().read(fields);
        store.setServer(name, (String) software, (Long) exportedAt);
        identity = RecordTables.sha256(first.text());
        return name;
      } catch (BadRecordException | IllegalStateException e) {
        throw new SnapshotException(1, String.valueOf(e.getMessage()));
      }
    }

    /** Skips the lines that an interrupted import committed. */
    private long resume() throws IOException {
      if (overwrites) {
        return 0; // earlier imports may have skipped rows, which this one must overwrite
      }
      ImportStore.Done done = store.done(identity);
      earlierEvents = done.events();
      while (line < done.lines() && read() != null) {}
      return done.lines();
    }

    private @Nullable NumberedLine read() throws IOException {
      try {
        String text = lines.reader().readLine();
        if (text == null) {
          return null;
        }
        line++;
        return new NumberedLine(line, text);
      } catch (BadRecordException e) {
        throw new SnapshotException(line + 1, String.valueOf(e.getMessage()));
      }
    }

    private void commit(RecordBatch batch, boolean finished) throws IOException {
      for (Medium medium : wantedMedia(batch)) {
        copyFiles(medium);
      }
      RecordBatch written = batch;
      Map<String, Long> left;
      try {
        left = write(written, finished);
      } catch (JdbiException e) {
        if (!ImportStore.isAboutData(e)) {
          throw e;
        }
        written = withoutRefused(batch, e);
        left = write(written, finished);
      }
      left.forEach((kind, count) -> leftAlone.merge(kind, count, Long::sum));
      events += written.events();
      progress.accept(new ImportProgress(line, earlierEvents + events, lines.fraction()));
    }

    private Map<String, Long> write(RecordBatch batch, boolean finished) {
      long eventsSoFar = earlierEvents + events + batch.events();
      return store.write(batch, mode, new ImportStore.Done(identity, line, eventsSoFar), finished);
    }

    /** The media whose files are to be copied: without those that were deleted here. */
    private List<Medium> wantedMedia(RecordBatch batch) {
      var all = batch.media();
      return mode != ImportMode.AGAIN || all.isEmpty() ? all : store.withoutDeleted(all);
    }

    /**
     * Files are copied before their rows are written, as a row without its file would be a lost
     * media item.
     */
    private void copyFiles(Medium medium) throws IOException {
      OptionalLong length = snapshot.copyMedia(medium.id(), mediaFiles);
      if (length.isEmpty()) {
        missing++;
        return;
      }
      copied++;
      Long said = medium.length();
      if (said != null && length.getAsLong() < said) {
        shortened++;
      }
    }

    /**
     * The batch without the lines that PostgreSQL refuses even alone; those lines are set aside.
     */
    private RecordBatch withoutRefused(RecordBatch batch, JdbiException refusal) {
      RecordBatch rest = new RecordBatch();
      for (NumberedLine each : batch.lines()) {
        var reason = store.refusalOf(each, mode);
        if (reason.isPresent()) {
          setAside(each, reason.get());
        } else {
          rest.add(each);
        }
      }
      if (rest.lines().size() == batch.lines().size()) {
        // PostgreSQL refuses the lines together, but none of them alone.
        throw new SnapshotException(batch.lines().get(0).number(), ImportStore.reason(refusal));
      }
      return rest;
    }
  }
}
