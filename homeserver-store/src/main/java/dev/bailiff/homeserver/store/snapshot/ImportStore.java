package dev.bailiff.homeserver.store.snapshot;

import dev.bailiff.database.SqlStates;
import dev.bailiff.homeserver.store.ServerName;
import dev.bailiff.homeserver.store.snapshot.RecordBatch.Medium;
import dev.bailiff.homeserver.store.snapshot.RecordBatch.NumberedLine;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/** The database that a snapshot is imported into: its rows, and how far the import is. */
final class ImportStore {

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

  private static final String DELETED_MEDIA =
      """
      select m.id from unnest(:ids::text[]) as m (id)
      where exists (
        select from homeserver.removed x where x.kind = 'local_media' and x.id = homeserver.removed_id(m.id))
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

  ImportStore(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * Sets the server whose data this is.
   *
   * @throws IllegalStateException if the store has the data of another server
   */
  void setServer(String name, @Nullable String software, @Nullable Long exportedAt) {
    jdbi.useTransaction(
        handle -> {
          ServerName.set(handle, name);
          handle
              .createUpdate(DESCRIBE_SERVER)
              .bind("software", software)
              .bind("exportedAt", exportedAt)
              .execute();
        });
  }

  /** An interrupted import counts as well, as its rows may have been moderated since. */
  boolean wasImported() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select exists (select from homeserver.import_progress)")
                .mapTo(Boolean.class)
                .one());
  }

  /** The part of a snapshot that is committed. */
  record Done(String snapshot, long lines, long events) {}

  /** How far an interrupted import of the snapshot came. */
  Done done(String snapshot) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(PROGRESS)
                .bind("snapshot", snapshot)
                .map((rs, ctx) -> new Done(snapshot, rs.getLong("line"), rs.getLong("events")))
                .findOne()
                .orElse(new Done(snapshot, 0, 0)));
  }

  /**
   * Writes a batch, and how far the import is with it, in one transaction.
   *
   * @return how many records were left alone, by kind
   */
  Map<String, Long> write(RecordBatch batch, ImportMode mode, Done done, boolean finished) {
    return jdbi.inTransaction(
        handle -> {
          handle.createQuery(IMPORTING).mapTo(String.class).one();
          var left = batch.write(handle, mode);
          advance(handle, done, finished);
          return left;
        });
  }

  private static void advance(Handle handle, Done done, boolean finished) {
    handle
        .createUpdate(ADVANCE)
        .bind("snapshot", done.snapshot())
        .bind("line", done.lines())
        .bind("events", done.events())
        .bind("finished", finished)
        .execute();
  }

  /** Tries to write a line alone, and rolls back. */
  Optional<String> refusalOf(NumberedLine each, ImportMode mode) {
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

  /** Whether PostgreSQL refused the data, and not the connection or the statement. */
  static boolean isAboutData(JdbiException e) {
    return e.getCause() instanceof SQLException sql && SqlStates.isDataError(sql.getSQLState());
  }

  /** The first line of PostgreSQL's message; the other lines may quote whole contents. */
  static String reason(JdbiException e) {
    return e.getCause() == null
        ? "refused by PostgreSQL"
        : String.valueOf(e.getCause().getMessage()).lines().findFirst().orElse("refused");
  }

  /** The media that were not deleted here. */
  List<Medium> withoutDeleted(List<Medium> media) {
    var deleted =
        jdbi.withHandle(
            handle ->
                handle
                    .createQuery(DELETED_MEDIA)
                    .bindArray("ids", String.class, media.stream().map(Medium::id).toArray())
                    .mapTo(String.class)
                    .set());
    return media.stream().filter(medium -> !deleted.contains(medium.id())).toList();
  }

  /** Brings up to date what follows from the imported rows. */
  void finish(ImportMode mode) {
    if (mode == ImportMode.OVERWRITE) {
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

  /** Rolls a trial back. */
  private static final class NothingIsKept extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
