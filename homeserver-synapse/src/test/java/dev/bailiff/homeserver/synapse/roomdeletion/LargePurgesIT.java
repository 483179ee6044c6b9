package dev.bailiff.homeserver.synapse.roomdeletion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bailiff.homeserver.batch.BatchCommit;
import dev.bailiff.homeserver.batch.BatchOutcome;
import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.homeserver.batch.Fact;
import dev.bailiff.homeserver.batch.Range;
import dev.bailiff.homeserver.batch.RoomPurge;
import dev.bailiff.homeserver.batch.Target;
import dev.bailiff.homeserver.batch.Verdict;
import dev.bailiff.homeserver.roomdeletion.RoomClosing;
import dev.bailiff.homeserver.roomdeletion.RoomPreparation;
import dev.bailiff.homeserver.synapse.SynapseHomeserver;
import dev.bailiff.homeserver.synapse.SynapseHomeserverFactory;
import dev.bailiff.homeserver.synapse.purge.SynapseTables;
import dev.bailiff.testing.server.PostgresExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The purge of a room as the stages of a job call it: by direct SQL, or by Synapse with a reason.
 */
class LargePurgesIT {
  private static final String ROOM = "!large:chat.example";
  private static final Target TARGET = new Target(3, ROOM);
  private static final int EVENTS = 3000;

  @RegisterExtension final PostgresExtension postgres = PostgresExtension.empty();

  private final Map<String, String> facts = new HashMap<>();
  private SynapseTables tables;
  private SynapseStandIn synapse;
  private SynapseHomeserver homeserver;

  @BeforeEach
  void start(@TempDir Path folder) throws IOException {
    tables = SynapseTables.in(postgres);
    synapse = new SynapseStandIn(tables);
    var token = Files.writeString(folder.resolve("token"), "admin");
    homeserver =
        SynapseHomeserverFactory.of(synapse.url(), token, null)
            .withDatabase(tables.config(EVENTS, 1))
            .open();
  }

  @AfterEach
  void stop() {
    homeserver.close();
    synapse.close();
  }

  @Test
  void aLargeRoomIsPurgedBySqlAndUnblockedAtTheEnd() {
    tables.room(ROOM, "$large", EVENTS, 0);
    tables.execute("delete from blocked_rooms");
    prepare(false);
    assertFalse(synapse.isBlocked(ROOM));

    var ranges = ranges();

    assertTrue(synapse.isBlocked(ROOM));
    assertEquals(EVENTS, ranges.stream().mapToLong(Range::items).sum());
    assertEquals(EVENTS - 2, purge(ranges).stream().mapToLong(BatchOutcome::done).sum());
    finish();
    assertEquals("sql", facts.get("purge_way"));
    assertFalse(synapse.isBlocked(ROOM));
    assertEquals(List.of(), tables.rows(ROOM, "$large"));
    assertEquals(
        List.of(new Verdict(3, List.of())),
        homeserver.roomDeletion().verifyRooms(List.of(TARGET), true));
  }

  @Test
  void aRoomThatWasBlockedBeforeStaysBlocked() {
    tables.room(ROOM, "$large", EVENTS, 0);
    prepare(false);

    purge(ranges());
    finish();

    assertTrue(synapse.isBlocked(ROOM));
  }

  @Test
  void aBlockThatWasAskedForStays() {
    tables.room(ROOM, "$large", EVENTS, 0);
    tables.execute("delete from blocked_rooms");
    prepare(true);

    purge(ranges());
    finish();

    assertTrue(synapse.isBlocked(ROOM));
  }

  @Test
  void aSmallRoomIsLeftToSynapseWithTheReason() {
    tables.room(ROOM, "$large", 300, 0);
    tables.execute("delete from blocked_rooms");
    prepare(false);

    assertEquals(List.of(), ranges());
    assertFalse(synapse.isBlocked(ROOM));
    finish();

    assertEquals("synapse: the room has fewer than 3000 events", facts.get("purge_way"));
    assertEquals(List.of(), tables.rows(ROOM, "$large"));
  }

  @Test
  void anUnknownSchemaLeavesTheRoomToSynapseWithTheReason() {
    tables.room(ROOM, "$large", EVENTS, 0);
    tables.execute("create table module_events (event_id text)");
    prepare(false);

    assertEquals(List.of(), ranges());
    finish();

    assertEquals("synapse: table module_events is not known", facts.get("purge_way"));
    assertTrue(tables.count("select count(*) from threads") > 0);
  }

  @Test
  void aSchemaThatChangesDuringThePurgeLeavesTheRestToSynapse() {
    tables.room(ROOM, "$large", EVENTS, 0);
    prepare(false);
    var ranges = ranges();
    tables.execute("insert into applied_schema_deltas values (94, '94/99_new.sql')");

    assertEquals(0, purge(ranges).stream().mapToLong(BatchOutcome::done).sum());
    finish();

    assertEquals("synapse: Synapse's schema was changed during the purge", facts.get("purge_way"));
    assertEquals(0, tables.count("select count(*) from events"));
  }

  @Test
  void aRoomThatSomebodyUnblocksFails() {
    tables.room(ROOM, "$large", EVENTS, 0);
    prepare(false);
    var range = ranges().get(0);
    var first = record(batch -> homeserver.roomDeletion().purgeEvents(purgeOf(range, null), batch));
    tables.execute("delete from blocked_rooms");
    long before = tables.count("select count(*) from events");

    var second =
        record(batch -> homeserver.roomDeletion().purgeEvents(purgeOf(range, first.next()), batch));

    assertTrue(first.done() > 0);
    assertTrue(second.failures().get(0).failsTarget());
    assertEquals(before, tables.count("select count(*) from events"));
  }

  @Test
  void aClosedGateSnoozesWithoutLosingThePlace() {
    tables.room(ROOM, "$large", EVENTS, 0);
    prepare(false);
    var range = ranges().get(0);
    tables.execute("update federation_stream_position set stream_id = 1");

    var first = record(batch -> homeserver.roomDeletion().purgeEvents(purgeOf(range, null), batch));
    tables.passStreams();
    var second =
        record(batch -> homeserver.roomDeletion().purgeEvents(purgeOf(range, first.next()), batch));

    assertEquals(0, first.done());
    assertTrue(first.snooze() != null);
    assertTrue(second.done() > 0);
  }

  private void prepare(boolean block) {
    var preparation =
        new RoomPreparation(
            List.of(TARGET), "@admin:chat.example", block, false, false, null, "", "job");
    record(batch -> homeserver.roomDeletion().prepareRooms(preparation, batch));
  }

  private List<Range> ranges() {
    var ranges = new ArrayList<Range>();
    Cursor after = null;
    do {
      var page = homeserver.roomDeletion().purgeRanges(TARGET, after, 4000);
      ranges.addAll(page.ranges());
      after = page.next();
    } while (after != null);
    return ranges;
  }

  private List<BatchOutcome> purge(List<Range> ranges) {
    var outcomes = new ArrayList<BatchOutcome>();
    for (var range : ranges) {
      outcomes.addAll(
          run(
              (after, batch) ->
                  homeserver.roomDeletion().purgeEvents(purgeOf(range, after), batch)));
    }
    return outcomes;
  }

  private static RoomPurge purgeOf(Range range, @Nullable Cursor after) {
    return new RoomPurge(TARGET, range, after, 700);
  }

  private void finish() {
    run(
        (after, batch) ->
            homeserver
                .roomDeletion()
                .finishPurge(new RoomClosing(TARGET, false, facts, after, 100), batch));
  }

  private List<BatchOutcome> run(BiFunction<@Nullable Cursor, BatchCommit, BatchOutcome> work) {
    var outcomes = new ArrayList<BatchOutcome>();
    Cursor after = null;
    do {
      var from = after;
      var outcome = record(batch -> work.apply(from, batch));
      assertEquals(List.of(), outcome.failures());
      outcomes.add(outcome);
      after = outcome.next();
    } while (after != null);
    return outcomes;
  }

  private BatchOutcome record(Function<BatchCommit, BatchOutcome> work) {
    return work.apply(
        new BatchCommit() {
          @Override
          public void fence() {}

          @Override
          public BatchOutcome record(BatchOutcome outcome) {
            for (Fact fact : outcome.facts()) {
              facts.put(fact.key(), fact.value());
            }
            return outcome;
          }
        });
  }
}
