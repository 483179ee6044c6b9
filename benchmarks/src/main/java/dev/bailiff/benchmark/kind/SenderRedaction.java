package dev.bailiff.benchmark.kind;

import dev.bailiff.benchmark.data.Community;
import dev.bailiff.benchmark.data.Dataset;
import dev.bailiff.benchmark.data.Queries;
import dev.bailiff.benchmark.data.RoundFixture;
import dev.bailiff.benchmark.data.Scale;
import dev.bailiff.benchmark.measure.Bound;
import dev.bailiff.benchmark.row.SqlComparison;
import dev.bailiff.job.JobRequest;
import dev.bailiff.schemas.kind.RedactEventsParameters;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A {@code redact-events} job for one sender in twenty rooms. For each event the job writes a
 * redaction event and a row of {@code redaction}, and prunes the event by the rules of its room's
 * version. The job also plans, stores checkpoints and verifies.
 */
public final class SenderRedaction implements SqlComparison {
  private static final String REASON = "advertising";

  /**
   * One statement, so that nothing is read twice or stored in between: it prunes the events and
   * returns them, writes the redaction events, and writes the rows. Pruning follows room version 12
   * for the types that the sender's events have. This way to prune {@code extra} was the fastest
   * one in SQL, because the text is parsed once.
   */
  private static final String REDACT =
      """
      with pruned as (
        update homeserver.event e
        set content = case when e.type = 'm.room.member'
                           then json_build_object('membership', e.content -> 'membership')
                           else '{}'::json end,
            extra = (select json_build_object(
                       'auth_events', x.auth_events, 'prev_events', x.prev_events,
                       'hashes', x.hashes, 'signatures', x.signatures,
                       'unsigned', json_build_object('age_ts', x.unsigned -> 'age_ts'))
                     from json_to_record(e.extra)
                       as x (auth_events json, prev_events json, hashes json, signatures json, unsigned json))
        where e.sender = ? and e.room_id = any (?)
          and e.type in ('m.room.message', 'm.room.encrypted', 'm.room.member')
          and (e.type <> 'm.room.member' or e.content ->> 'membership' = 'join')
          and not exists (select from homeserver.redaction r where r.redacts = e.event_id)
        returning e.room_id, e.stream_ordering, e.event_id, e.sender),
      issued as materialized (
        select p.*,
               '$' || translate(rtrim(encode(sha256(('baseline|' || p.event_id)::bytea), 'base64'), '='),
                                '+/', '-_') as redaction_id,
               row_number() over (partition by p.room_id order by p.stream_ordering desc) as nth
        from pruned p),
      newest as materialized (
        select r.room_id,
               (select e.depth from homeserver.event e
                where e.room_id = r.room_id order by e.stream_ordering desc limit 1) as depth
        from (select distinct room_id from issued) r),
      added as (
        insert into homeserver.event
          (stream_ordering, depth, origin_server_ts, room_id, event_id, type, sender, content)
        select nextval('homeserver.event_stream_ordering'), newest.depth + i.nth,
               (extract(epoch from now()) * 1000)::bigint, i.room_id, i.redaction_id,
               'm.room.redaction', i.sender,
               json_build_object('reason', ?::text, 'redacts', i.event_id)
        from issued i join newest on newest.room_id = i.room_id)
      insert into homeserver.redaction (event_id, redacts, have_censored)
      select redaction_id, event_id, true from issued
      """;

  @Override
  public String name() {
    return "redact";
  }

  @Override
  public String work(Scale scale) {
    return String.format(
        Locale.ROOT,
        "redact %,d events of one sender in %d rooms",
        scale.senderEvents(),
        Scale.OTHER_ROOMS);
  }

  @Override
  public long items(Scale scale) {
    return scale.senderEvents();
  }

  @Override
  public Bound bound() {
    return Bound.timesAtMost(1.5).andRate(5_000);
  }

  @Override
  public Dataset dataset() {
    return Community.DATASET;
  }

  @Override
  public JobRequest job(Scale scale) {
    return redaction(Community.SENDER, Community.otherRooms());
  }

  @Override
  public JobRequest warmUpJob(Scale scale) {
    return redaction(Community.WARM_UP_SENDER, List.of(Community.WARM_UP_ROOM));
  }

  private static JobRequest redaction(String sender, List<String> rooms) {
    return Community.job(
        "redact-events",
        List.of(sender),
        new RedactEventsParameters(rooms, REASON, Integer.MAX_VALUE, false, null, null),
        REASON);
  }

  @Override
  public void baseline(RoundFixture ground) throws SQLException {
    redact(ground.connection(), Community.SENDER, Community.otherRooms());
  }

  @Override
  public void warmUpBaseline(RoundFixture ground) throws SQLException {
    redact(ground.connection(), Community.WARM_UP_SENDER, List.of(Community.WARM_UP_ROOM));
  }

  private static void redact(Connection connection, String sender, List<String> rooms)
      throws SQLException {
    Queries.change(
        connection, REDACT, sender, connection.createArrayOf("text", rooms.toArray()), REASON);
  }

  @Override
  public List<String> traces(Connection connection) throws SQLException {
    List<String> traces = new ArrayList<>();
    traces.add("events " + Queries.number(connection, "select count(*) from homeserver.event"));
    traces.add(
        "redactions "
            + Queries.number(
                connection, "select count(*) from homeserver.redaction where have_censored"));
    traces.add(
        "emptied "
            + Queries.number(
                connection,
                """
                select count(*) from homeserver.event
                where sender = ? and type = 'm.room.message' and content::text = '{}'
                """,
                Community.SENDER));
    traces.add(
        "keys kept "
            + Queries.number(
                connection,
                """
                select count(*) from homeserver.event e
                cross join lateral json_object_keys(e.extra) as kept
                where e.sender = ? and e.type = 'm.room.message'
                """,
                Community.SENDER));
    return traces;
  }
}
