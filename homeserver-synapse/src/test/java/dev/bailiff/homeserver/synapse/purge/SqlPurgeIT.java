package dev.bailiff.homeserver.synapse.purge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bailiff.homeserver.batch.HomeserverUnavailableException;
import dev.bailiff.homeserver.synapse.database.SynapseDatabase;
import dev.bailiff.homeserver.synapse.database.SynapseDatabaseConfig;
import dev.bailiff.testing.server.PostgresExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Purges of generated rooms by direct SQL, on the schema of a real Synapse. */
class SqlPurgeIT {
  private static final String ROOM = "!large:chat.example";
  private static final String OTHER = "!other:chat.example";
  private static final Duration TIME = Duration.ofMillis(400);
  private static final int EVENTS = 20_000;

  /** Timeline events that stay for Synapse: a forward extremity and the one of the room list. */
  private static final int KEPT = 2;

  @RegisterExtension final PostgresExtension postgres = PostgresExtension.empty();

  private SynapseTables tables;
  private SqlPurge purge;

  @BeforeEach
  void load() {
    tables = SynapseTables.in(postgres);
    purge = tables.open(EVENTS);
  }

  @AfterEach
  void close() {
    purge.close();
  }

  @Test
  void theWholeProtocolLeavesNothingOfTheRoomAndTouchesNoOther() {
    tables.room(ROOM, "$large", EVENTS, 0);
    tables.room(OTHER, "$other", 300, 1);
    var other = tables.rows(OTHER, "$other");
    assertEquals(Optional.empty(), purge.refusal(ROOM));

    var parts = parts();
    long deleted = 0;
    for (var part : parts) {
      deleted += finish(part.positions(), 1000);
    }

    assertEquals(EVENTS, parts.stream().mapToLong(SqlPurge.Part::items).sum());
    assertEquals(EVENTS - KEPT, deleted);
    assertEquals(List.of(), tables.orphans("$large"));
    assertEquals(
        50 + KEPT, tables.count("select count(*) from events where room_id = '" + ROOM + "'"));
    purge.forgetExpiry(ROOM);
    tables.purgeAsSynapse(ROOM);
    assertEquals(
        List.of(
            "1 row of threads",
            "1 row of timeline_gaps",
            "1 row of room_retention",
            "1 row of room_ban_redactions"),
        purge.left(ROOM));
    purge.forget(ROOM);

    assertEquals(List.of(), purge.left(ROOM));
    assertEquals(List.of(), tables.rows(ROOM, "$large"));
    assertEquals(other, tables.rows(OTHER, "$other"));
  }

  @Test
  void aConnectionThatBreaksAtAnyStatementLosesNothing() {
    int events = 6000;
    tables.room(ROOM, "$large", events, 0);
    tables.execute(
        """
        create function die() returns trigger language plpgsql security definer as $$
        begin
          perform pg_terminate_backend(pg_backend_pid());
          return null;
        end $$""");
    var part = new SqlPurge.Positions(Long.MIN_VALUE, Long.MAX_VALUE);
    long deleted = 0;

    for (var death : deaths()) {
      long before = tables.count("select count(*) from events");
      try (var dying = tables.open(EVENTS)) {
        // The check is remembered for some seconds, so the trigger does not refuse the purge.
        assertTrue(dying.isAllowed());
        tables.execute(death.trigger());
        assertThrows(
            HomeserverUnavailableException.class,
            () -> dying.purge(ROOM, part, 100, TIME),
            death::toString);
      }
      tables.execute("drop trigger die on " + death.table());

      assertEquals(before, tables.count("select count(*) from events"), death.toString());
      // The old place again: the checkpoint knew nothing of the broken batch.
      var again = purge.purge(ROOM, part, 100, TIME);
      deleted += assertInstanceOf(PurgeStep.Deleted.class, again).events();
      assertEquals(List.of(), tables.orphans("$large"), death.toString());
    }
    tables.execute("drop function die()");
    deleted += finish(part, 50_000);

    assertEquals(events - KEPT, deleted);
    assertEquals(List.of(), tables.orphans("$large"));
    purge.forgetExpiry(ROOM);
    tables.purgeAsSynapse(ROOM);
    purge.forget(ROOM);
    assertEquals(List.of(), tables.rows(ROOM, "$large"));
  }

  @Test
  void aRoomThatIsUnblockedMeanwhileKeepsTheRest() {
    tables.room(ROOM, "$large", 3000, 0);
    purge.purge(ROOM, all(), 500, Duration.ZERO);
    tables.execute("delete from blocked_rooms");
    long before = tables.count("select count(*) from events");

    assertEquals(new PurgeStep.Unblocked(0), purge.purge(ROOM, all(), 500, TIME));

    assertEquals(before, tables.count("select count(*) from events"));
  }

  @Test
  void aSchemaThatChangesBetweenTwoTransactionsEndsThePurge() {
    tables.room(ROOM, "$large", 3000, 0);
    assertTrue(purge.isAllowed());
    tables.execute("insert into applied_schema_deltas values (94, '94/99_new.sql')");
    long before = tables.count("select count(*) from events");

    assertEquals(
        new PurgeStep.Refused(0, "Synapse's schema was changed during the purge"),
        purge.purge(ROOM, all(), 500, TIME));

    tables.execute("delete from applied_schema_deltas where file = '94/99_new.sql'");
    tables.execute("update schema_version set version = 95");
    assertInstanceOf(PurgeStep.Refused.class, purge.purge(ROOM, all(), 500, TIME));
    assertEquals(before, tables.count("select count(*) from events"));
  }

  @Test
  void aClosedGateHoldsThePurgeUp() {
    tables.room(ROOM, "$large", 300, 0);
    tables.execute("update stats_incremental_position set stream_id = 1");

    var later = assertInstanceOf(PurgeStep.Later.class, purge.purge(ROOM, all(), 500, TIME));

    assertTrue(later.blocksPurge());
    assertEquals(0, later.events());
    tables.execute("update local_current_membership set membership = 'join'");
    assertEquals(
        new PurgeStep.Refused(0, "local members are joined"), purge.purge(ROOM, all(), 500, TIME));
  }

  @Test
  void otherPurgesUseAllConnections() {
    tables.room(ROOM, "$large", 300, 0);
    try (var other = SynapseDatabase.open(tables.config(1, 1), 1)) {
      var step = other.inSlot(handle -> purge.purge(ROOM, all(), 500, TIME)).orElseThrow();

      var later = assertInstanceOf(PurgeStep.Later.class, step);
      assertEquals("other purges use all connections", later.reason());
    }

    assertInstanceOf(PurgeStep.Deleted.class, purge.purge(ROOM, all(), 500, TIME));
  }

  @Test
  void aLockThatSomebodyHoldsMakesThePurgeWait() throws Exception {
    tables.room(ROOM, "$large", 300, 0);
    try (var connection = postgres.dataSource().getConnection();
        var statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("select from events for update");

      var later = assertInstanceOf(PurgeStep.Later.class, purge.purge(ROOM, all(), 500, TIME));

      assertEquals("Synapse's database is busy", later.reason());
      connection.rollback();
    }
    assertInstanceOf(PurgeStep.Deleted.class, purge.purge(ROOM, all(), 500, TIME));
  }

  @Test
  void aSmallRoomAndAMissingPasswordAreReasons() {
    tables.room(ROOM, "$large", 300, 0);

    assertEquals(Optional.of("the room has fewer than 20000 events"), purge.refusal(ROOM));
    var config =
        SynapseDatabaseConfig.of(
            postgres.jdbcUrl(), SynapseTables.ROLE, null, SynapseDatabaseConfig.Purge.of(1, 1));
    try (var refused = SqlPurge.open(config, () -> SynapseTables.VERSION)) {
      assertTrue(refused.refusal(ROOM).orElseThrow().contains("password"));
    }
  }

  @Test
  void theSessionReadsNoWholeTable() {
    try (var database = SynapseDatabase.open(tables.config(1, 1), 1)) {
      assertEquals(
          List.of("off", "off", "2s", "5s", "read committed"),
          database.run(
              handle ->
                  List.of(
                          "jit",
                          "enable_seqscan",
                          "lock_timeout",
                          "statement_timeout",
                          "transaction_isolation")
                      .stream()
                      .map(
                          name ->
                              handle
                                  .createQuery("select current_setting(:name)")
                                  .bind("name", name)
                                  .mapTo(String.class)
                                  .one())
                      .toList()));
    }
  }

  private static SqlPurge.Positions all() {
    return new SqlPurge.Positions(Long.MIN_VALUE, Long.MAX_VALUE);
  }

  private List<SqlPurge.Part> parts() {
    var parts = new ArrayList<SqlPurge.Part>();
    long after = Long.MIN_VALUE;
    while (true) {
      var page = purge.parts(ROOM, after, 30_000, 2);
      if (page.isEmpty()) {
        return parts;
      }
      parts.addAll(page);
      after = page.get(page.size() - 1).positions().to();
    }
  }

  private long finish(SqlPurge.Positions part, int size) {
    long deleted = 0;
    var rest = part;
    while (rest.from() < rest.to()) {
      var step = purge.purge(ROOM, rest, size, TIME);
      var done = assertInstanceOf(PurgeStep.Deleted.class, step);
      assertTrue(done.events() <= size);
      deleted += done.events();
      rest = new SqlPurge.Positions(done.last(), part.to());
    }
    return deleted;
  }

  /** A death before and after each deletion, and one at the commit. */
  private static List<Death> deaths() {
    var deaths = new ArrayList<Death>();
    for (var table : PurgeTables.rights().deleted()) {
      if (!PurgeTables.FORGOTTEN.contains(table)) {
        for (var time : List.of("before", "after")) {
          var trigger = "create trigger die " + time + " delete on " + table;
          deaths.add(new Death(table, trigger + " execute function die()"));
        }
      }
    }
    deaths.add(
        new Death(
            "events",
            "create constraint trigger die after delete on events deferrable initially deferred"
                + " for each row execute function die()"));
    return deaths;
  }

  private record Death(String table, String trigger) {}
}
