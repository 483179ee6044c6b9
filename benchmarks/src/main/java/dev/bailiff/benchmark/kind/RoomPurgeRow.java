package dev.bailiff.benchmark.kind;

import dev.bailiff.benchmark.data.Community;
import dev.bailiff.benchmark.data.Dataset;
import dev.bailiff.benchmark.data.Queries;
import dev.bailiff.benchmark.data.RoundFixture;
import dev.bailiff.benchmark.data.Scale;
import dev.bailiff.benchmark.measure.Bound;
import dev.bailiff.benchmark.row.SqlComparison;
import dev.bailiff.job.JobRequest;
import dev.bailiff.schemas.kind.DeleteRoomsParameters;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A {@code delete-rooms} job for one big room, with twice as many events of other rooms in the same
 * table. The job also makes the room's local members leave, plans, stores checkpoints and verifies
 * the result. The baseline only deletes.
 */
public final class RoomPurgeRow implements SqlComparison {

  /**
   * The index of redaction events finds the rows of redactions. A "returning" of the big delete
   * would fetch each of its rows once more.
   */
  private static final List<String> DELETES =
      List.of(
          """
          delete from homeserver.redaction r using homeserver.event e
          where e.type = 'm.room.redaction' and e.room_id = ? and r.event_id = e.event_id
          """,
          "delete from homeserver.event where room_id = ?",
          "delete from homeserver.membership where room_id = ?",
          "delete from homeserver.current_state where room_id = ?",
          "delete from homeserver.receipt where room_id = ?",
          "delete from homeserver.account_data where room_id = ?",
          "delete from homeserver.room_alias where room_id = ?",
          "delete from homeserver.room where room_id = ?");

  private static final List<String> TABLES =
      List.of(
          "event",
          "redaction",
          "membership",
          "current_state",
          "receipt",
          "account_data",
          "room_alias",
          "room");

  @Override
  public String name() {
    return "purge";
  }

  @Override
  public String work(Scale scale) {
    return String.format(
        Locale.ROOT,
        "purge a room of %,d events, %,d of other rooms beside it",
        scale.roomEvents(),
        scale.otherEvents());
  }

  @Override
  public long items(Scale scale) {
    return scale.roomEvents();
  }

  @Override
  public Bound bound() {
    return Bound.timesAtMost(1.5);
  }

  @Override
  public Dataset dataset() {
    return Community.DATASET;
  }

  @Override
  public JobRequest job(Scale scale) {
    return deletion(Community.DOOMED);
  }

  @Override
  public JobRequest warmUpJob(Scale scale) {
    return deletion(Community.WARM_UP_ROOM);
  }

  /** The job that deletes a room of {@link Community}, at no pace of its own. */
  public static JobRequest deletion(String room) {
    return Community.job(
        "delete-rooms",
        List.of(room),
        new DeleteRoomsParameters(null, null, null, false, true, false, true, false),
        null);
  }

  @Override
  public void baseline(RoundFixture ground) throws SQLException {
    delete(ground.connection(), Community.DOOMED);
  }

  @Override
  public void warmUpBaseline(RoundFixture ground) throws SQLException {
    delete(ground.connection(), Community.WARM_UP_ROOM);
  }

  private static void delete(Connection connection, String room) throws SQLException {
    for (String statement : DELETES) {
      Queries.change(connection, statement, room);
    }
  }

  @Override
  public List<String> traces(Connection connection) throws SQLException {
    var traces = new ArrayList<String>();
    for (String table : TABLES) {
      traces.add(
          table + " " + Queries.number(connection, "select count(*) from homeserver." + table));
    }
    return traces;
  }
}
