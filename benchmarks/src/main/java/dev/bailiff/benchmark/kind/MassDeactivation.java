package dev.bailiff.benchmark.kind;

import dev.bailiff.benchmark.data.Community;
import dev.bailiff.benchmark.data.Dataset;
import dev.bailiff.benchmark.data.Population;
import dev.bailiff.benchmark.data.Population.Group;
import dev.bailiff.benchmark.data.Queries;
import dev.bailiff.benchmark.data.RoundFixture;
import dev.bailiff.benchmark.data.Scale;
import dev.bailiff.benchmark.measure.Bound;
import dev.bailiff.benchmark.row.SqlComparison;
import dev.bailiff.job.JobRequest;
import dev.bailiff.schemas.kind.DeactivateUsersContract;
import dev.bailiff.schemas.kind.DeactivateUsersParameters;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A {@code deactivate-users} job that erases many users of five rooms each, until they have left.
 * The job also plans, reports the outcome for each user, stores checkpoints and verifies.
 */
public final class MassDeactivation implements SqlComparison {

  private static final List<String> CLOSE =
      List.of(
          "delete from homeserver.threepid where user_id = any (?)",
          "delete from homeserver.pusher where user_id = any (?)",
          "delete from homeserver.e2e_key where user_id = any (?)",
          "delete from homeserver.device where user_id = any (?)",
          "delete from homeserver.access_token where user_id = any (?)",
          """
          update homeserver.account
          set password_hash = null, deactivated = true, erased = true, displayname = null, avatar_url = null
          where user_id = any (?)
          """,
          "delete from homeserver.account_data where user_id = any (?)",
          "delete from homeserver.push_rules where user_id = any (?)");

  /**
   * One statement, so that nothing is read twice. It prunes the old membership events by the rule
   * of room version 12, writes the leaves, and updates memberships and current state.
   */
  private static final String LEAVE =
      """
      with joined as materialized (
        select m.room_id, m.user_id, m.event_id,
               '$' || translate(rtrim(encode(sha256(('leave|' || m.room_id || '|' || m.user_id)::bytea), 'base64'), '='),
                                '+/', '-_') as leave_id,
               row_number() over (partition by m.room_id order by m.user_id) as nth
        from homeserver.membership m
        where m.user_id = any (?) and m.membership = 'join'),
      deepest as materialized (
        select r.room_id,
               (select e.depth from homeserver.event e
                where e.room_id = r.room_id and not e.outlier order by e.depth desc limit 1) as depth
        from (select distinct room_id from joined) r),
      pruned as (
        update homeserver.event e
        set content = json_build_object('membership', e.content -> 'membership'),
            extra = (select json_build_object(
                       'auth_events', x.auth_events, 'prev_events', x.prev_events,
                       'hashes', x.hashes, 'unsigned', json_build_object('age_ts', x.unsigned -> 'age_ts'))
                     from json_to_record(e.extra)
                       as x (auth_events json, prev_events json, hashes json, unsigned json))
        from joined j
        where e.type = 'm.room.member' and e.state_key = j.user_id and e.room_id = j.room_id),
      parted as (
        update homeserver.membership m
        set membership = 'leave', event_id = j.leave_id, forgotten = true
        from joined j
        where m.room_id = j.room_id and m.user_id = j.user_id),
      shown as (
        update homeserver.current_state s set event_id = j.leave_id
        from joined j
        where s.room_id = j.room_id and s.type = 'm.room.member' and s.state_key = j.user_id)
      insert into homeserver.event
        (stream_ordering, depth, origin_server_ts, room_id, event_id, type, sender, state_key, content, extra)
      select nextval('homeserver.event_stream_ordering'), deepest.depth + j.nth,
             (extract(epoch from now()) * 1000)::bigint, j.room_id, j.leave_id, 'm.room.member', j.user_id,
             j.user_id, '{"membership":"leave"}',
             json_build_object('unsigned', json_build_object('replaces_state', j.event_id))
      from joined j join deepest on deepest.room_id = j.room_id
      """;

  private static final List<String> TRACES =
      List.of(
          "event",
          "event where type = 'm.room.member' and content::text not like '%displayname%'",
          "membership where membership = 'leave' and forgotten",
          "current_state s join homeserver.membership m using (room_id, event_id) where m.membership = 'leave'",
          "account where deactivated and erased and password_hash is null and displayname is null",
          "threepid",
          "device",
          "access_token",
          "pusher",
          "account_data",
          "push_rules",
          "e2e_key");

  @Override
  public String name() {
    return "deactivate";
  }

  @Override
  public String work(Scale scale) {
    return String.format(
        Locale.ROOT,
        "deactivate and erase %,d users joined to %d rooms each, until left",
        scale.users(),
        Population.ROOMS);
  }

  @Override
  public long items(Scale scale) {
    return scale.users();
  }

  @Override
  public Bound bound() {
    return Bound.timesAtMost(2).andRate(1_000);
  }

  @Override
  public Dataset dataset() {
    return Population.DATASET;
  }

  @Override
  public JobRequest job(Scale scale) {
    return deactivation(Population.users(Group.MASS, scale));
  }

  @Override
  public JobRequest warmUpJob(Scale scale) {
    return deactivation(warmUpUsers(scale));
  }

  /** A job that deactivates and erases these users. */
  public static JobRequest deactivation(List<String> users) {
    return Community.job(
        DeactivateUsersContract.KIND, users, new DeactivateUsersParameters(true), null);
  }

  @Override
  public void baseline(RoundFixture ground) throws SQLException {
    deactivate(ground, Population.users(Group.MASS, ground.scale()));
  }

  @Override
  public void warmUpBaseline(RoundFixture ground) throws SQLException {
    deactivate(ground, warmUpUsers(ground.scale()));
  }

  private static List<String> warmUpUsers(Scale scale) {
    var all = Population.users(Group.WARM_UP, scale);
    return all.subList(0, all.size() / 3);
  }

  private static void deactivate(RoundFixture ground, List<String> deactivated)
      throws SQLException {
    var connection = ground.connection();
    var users = connection.createArrayOf("text", deactivated.toArray());
    for (String statement : CLOSE) {
      Queries.change(connection, statement, users);
    }
    Queries.change(connection, LEAVE, users);
  }

  @Override
  public List<String> traces(Connection connection) throws SQLException {
    var traces = new ArrayList<String>();
    for (String what : TRACES) {
      traces.add(
          what + ": " + Queries.number(connection, "select count(*) from homeserver." + what));
    }
    return traces;
  }
}
