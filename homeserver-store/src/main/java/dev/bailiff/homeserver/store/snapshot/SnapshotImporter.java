package dev.bailiff.homeserver.store.snapshot;

import dev.bailiff.database.SqlStates;
import dev.bailiff.file.OpenFolder;
import dev.bailiff.homeserver.store.ServerName;
import dev.bailiff.homeserver.store.media.MediaFiles;
import dev.bailiff.homeserver.store.snapshot.ImportReport.SetAside;
import dev.bailiff.homeserver.store.snapshot.RecordBatch.Medium;
import dev.bailiff.homeserver.store.snapshot.RecordBatch.NumberedLine;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
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

  private static final String PROGRESS =
      """
      select line, events from homeserver.import_progress
      where snapshot = :snapshot and finished_at is null
      """;

  private static final String ADVANCE =
      """
      insert into homeserver.import_progress as p (snapshot, line, events, finished_at)
      values (:snapshot, :line, :events, case when :finished then now() end)
      on conflict (snapshot) do update
      set line = excluded.line, events = excluded.events, finished_at = excluded.finished_at
      """;

  private static final String DESCRIBE_SERVER =
      """
      update homeserver.server set software = :software, exported_at = :exportedAt
      where exported_at is null or exported_at < :exportedAt
      """;

  /** The planner must know the new sizes before the first job runs. */
  private static final String ANALYZE =
      """
      analyze homeserver.account, homeserver.device, homeserver.access_token, homeserver.event,
        homeserver.current_state, homeserver.membership, homeserver.redaction, homeserver.room,
        homeserver.local_media, homeserver.receipt
      """;

  /**
   * A room that everybody left has no current state, neither here nor in the snapshot. Its state
   * events are counted from its history, unless the number is stored already.
   */
  private static final String COUNT_STATE_OF_LEFT_ROOM =
      """
      update homeserver.room r
         set state_events = (
               select count(*) from (
                 select distinct e.type, e.state_key from homeserver.event e
                  where e.room_id = r.room_id and e.state_key is not null and not e.outlier and not e.rejected) s)
       where r.room_id = :room and r.state_events is null
      """;

  private static final String LEFT_ROOMS =
      """
      select r.room_id from homeserver.room r
       where r.state_events is null
         and not exists (select from homeserver.current_state c where c.room_id = r.room_id)
       order by r.room_id
      """;

  /**
   * State may have come before its events, and a summary of the room may have been computed in
   * between.
   */
  private static final String NOTE_ROOMS =
      "insert into homeserver.room_change (room_id) select room_id from homeserver.room";

  /**
   * Redactions whose own event is missing, because a purge or the deletion of its room removed it
   * here.
   */
  private static final String DROP_REDACTIONS_WITHOUT_EVENT =
      """
      delete from homeserver.redaction r
       where not exists (select from homeserver.event e where e.event_id = r.event_id)
      """;

  /** The setting that the triggers of {@code R__own_changes.sql} read. */
  private static final String IMPORTING = "select set_config('bailiff.importing', 'on', true)";

  private final Jdbi jdbi;
  private final MediaFiles mediaFiles;
  private final boolean overwrites;

  public SnapshotImporter(Jdbi jdbi, MediaFiles mediaFiles) {
    this(jdbi, mediaFiles, false);
  }

  private SnapshotImporter(Jdbi jdbi, MediaFiles mediaFiles, boolean overwrites) {
    this.jdbi = jdbi;
    this.mediaFiles = mediaFiles;
    this.overwrites = overwrites;
  }

  /**
   * The same importer, except that rows that Bailiff changed or deleted take the snapshot's values.
   */
  public SnapshotImporter overwriting() {
    return new SnapshotImporter(jdbi, mediaFiles, true);
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
      mode =
          overwrites ? ImportMode.OVERWRITE : wasImported() ? ImportMode.AGAIN : ImportMode.FIRST;
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
      if (overwrites) {
        forgetRemovals();
      }
      if (mode == ImportMode.AGAIN) {
        // A redaction may stand before its event in the snapshot, so only the end of the import can
        // show whether the event is missing.
        jdbi.useHandle(handle -> handle.execute(DROP_REDACTIONS_WITHOUT_EVENT));
      }
      countStateOfLeftRooms();
      jdbi.useHandle(handle -> handle.execute(NOTE_ROOMS));
      jdbi.useHandle(handle -> handle.execute(ANALYZE));
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

    /** Runs at the end, so that an interrupted import keeps the notes on deleted rows. */
    private void forgetRemovals() {
      jdbi.useTransaction(
          handle -> {
            handle.execute("delete from homeserver.removed");
            handle.execute("delete from homeserver.purged_history");
          });
    }

    /** Each room has a transaction of its own, as the history of a room may be long. */
    private void countStateOfLeftRooms() {
      var rooms =
          jdbi.withHandle(handle -> handle.createQuery(LEFT_ROOMS).mapTo(String.class).list());
      for (var room : rooms) {
        jdbi.useHandle(
            handle -> handle.createUpdate(COUNT_STATE_OF_LEFT_ROOM).bind("room", room).execute());
      }
    }

    /** An interrupted import counts as well, as its rows may have been moderated since. */
    private boolean wasImported() {
      return jdbi.withHandle(
          handle ->
              handle
                  .createQuery("select exists (select from homeserver.import_progress)")
                  .mapTo(Boolean.class)
                  .one());
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
        jdbi.useTransaction(
            handle -> {
              ServerName.set(handle, name);
              handle
                  .createUpdate(DESCRIBE_SERVER)
                  .bind("software", (String) software)
                  .bind("exportedAt", (Long) exportedAt)
                  .execute();
            });
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
      long[] done =
          jdbi.withHandle(
              handle ->
                  handle
                      .createQuery(PROGRESS)
                      .bind("snapshot", identity)
                      .map((rs, ctx) -> new long[] {rs.getLong("line"), rs.getLong("events")})
                      .findOne()
                      .orElse(new long[] {0, 0}));
      earlierEvents = done[1];
      while (line < done[0] && read() != null) {}
      return done[0];
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
        if (!isAboutData(e)) {
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
      return jdbi.inTransaction(
          handle -> {
            handle.createQuery(IMPORTING).mapTo(String.class).one();
            var left = batch.write(handle, mode);
            advance(handle, events + batch.events(), finished);
            return left;
          });
    }

    /** The media whose files are to be copied: without those that were deleted here. */
    private List<Medium> wantedMedia(RecordBatch batch) {
      var media = batch.media();
      if (mode != ImportMode.AGAIN || media.isEmpty()) {
        return media;
      }
      var removed =
          jdbi.withHandle(
              handle ->
                  handle
                      .createQuery(
                          "select m.id from unnest(:ids::text[]) as m (id) where exists (select from homeserver.removed x where x.kind = 'local_media' and x.id = homeserver.removed_id(m.id))")
                      .bindArray("ids", String.class, media.stream().map(Medium::id).toArray())
                      .mapTo(String.class)
                      .set());
      return media.stream().filter(medium -> !removed.contains(medium.id())).toList();
    }

    private void advance(Handle handle, long eventsOfRun, boolean finished) {
      handle
          .createUpdate(ADVANCE)
          .bind("snapshot", identity)
          .bind("line", line)
          .bind("events", earlierEvents + eventsOfRun)
          .bind("finished", finished)
          .execute();
    }

    /**
     * Files are copied before their rows are written, as a row without its file would be a lost
     * media item.
     */
    private void copyFiles(Medium medium) throws IOException {
      String mediaId = medium.id();
      try (InputStream file = snapshot.media(mediaId).orElse(null)) {
        if (file == null) {
          missing++;
          return;
        }
        long length = mediaFiles.put(mediaId, file);
        Long said = medium.length();
        if (said != null && length < said) {
          shortened++;
        }
      }
      try (OpenFolder thumbnails = snapshot.thumbnails(mediaId).orElse(null)) {
        if (thumbnails != null) {
          copyThumbnails(mediaId, thumbnails);
        }
      }
      copied++;
    }

    private void copyThumbnails(String mediaId, OpenFolder thumbnails) throws IOException {
      for (String name : thumbnails.names()) {
        if (thumbnails.hasFile(name)) {
          try (InputStream thumbnail = thumbnails.read(name)) {
            mediaFiles.putThumbnail(mediaId, name, thumbnail);
          }
        }
      }
    }

    /**
     * The batch without the lines that PostgreSQL refuses even alone; those lines are set aside.
     */
    private RecordBatch withoutRefused(RecordBatch batch, JdbiException refusal) {
      RecordBatch rest = new RecordBatch();
      for (NumberedLine each : batch.lines()) {
        var reason = refusalOf(each);
        if (reason.isPresent()) {
          setAside(each, reason.get());
        } else {
          rest.add(each);
        }
      }
      if (rest.lines().size() == batch.lines().size()) {
        // PostgreSQL refuses the lines together, but none of them alone.
        throw new SnapshotException(batch.lines().get(0).number(), reason(refusal));
      }
      return rest;
    }

    /** Tries to write a line alone, and rolls back. */
    private Optional<String> refusalOf(NumberedLine each) {
      RecordBatch alone = new RecordBatch();
      alone.add(each);
      try {
        jdbi.useTransaction(
            handle -> {
              alone.write(handle, mode);
              throw new NothingIsKept();
            });
      } catch (NothingIsKept e) {
        return Optional.empty();
      } catch (JdbiException e) {
        if (isAboutData(e)) {
          return Optional.of(reason(e));
        }
        throw e;
      }
      return Optional.empty();
    }
  }

  private static boolean isAboutData(JdbiException e) {
    return e.getCause() instanceof SQLException sql && SqlStates.isDataError(sql.getSQLState());
  }

  /** The first line of PostgreSQL's message; the other lines may quote whole contents. */
  private static String reason(JdbiException e) {
    return e.getCause() == null
        ? "refused by PostgreSQL"
        : String.valueOf(e.getCause().getMessage()).lines().findFirst().orElse("refused");
  }

  /** Rolls a trial back. */
  private static final class NothingIsKept extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
