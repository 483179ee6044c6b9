package dev.bailiff.homeserver.store.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.homeserver.batch.Range;
import dev.bailiff.homeserver.batch.RangePage;
import dev.bailiff.homeserver.batch.RoomPurge;
import dev.bailiff.homeserver.batch.Target;
import dev.bailiff.homeserver.history.HistoryPreparation;
import dev.bailiff.homeserver.history.HistoryScope;
import dev.bailiff.homeserver.store.CommunityStore;
import dev.bailiff.homeserver.store.event.Events;
import dev.bailiff.homeserver.store.event.NewEvent;
import dev.bailiff.testing.homeserver.BatchDriver;
import dev.bailiff.testing.homeserver.EventRow;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Admin-api 5.11, tested on the rows. */
class HistoryIT extends CommunityStore {
  /**
   * A room whose depths are not in the order of arrival, with 30 redactions whose targets still
   * have their content.
   */
  private static final String BUSY = "!0zI3-w4JzQLSTzpsm3z4KowfUs6oIUBNUk4tFS9lO9c";

  private static final long DEPTH = 150;

  @Test
  void eventsBelowTheDepthGoAndTheOthersOfItStay() {
    long atDepth = count("homeserver.event where room_id = ? and depth = ?", BUSY, DEPTH);
    long above = count("homeserver.event where room_id = ? and depth > ?", BUSY, DEPTH);
    long state = stateBelow();
    long others = count("homeserver.event where room_id <> ?", BUSY);

    purge(true);

    assertThat(count("homeserver.event where room_id = ? and depth = ?", BUSY, DEPTH))
        .isEqualTo(atDepth)
        .isPositive();
    assertThat(count("homeserver.event where room_id = ? and depth > ?", BUSY, DEPTH))
        .isEqualTo(above);
    assertThat(count("homeserver.event where room_id = ? and depth < ?", BUSY, DEPTH))
        .isEqualTo(state);
    assertThat(count("homeserver.event where room_id <> ?", BUSY)).isEqualTo(others);
    assertThat(count("homeserver.event where outlier and room_id <> ?", BUSY)).isZero();
  }

  @Test
  void stateIsDetachedAndStillCurrent() {
    String current = "homeserver.current_state where room_id = ?";
    long before = count(current, BUSY);
    long members = count("homeserver.membership where room_id = ?", BUSY);
    long state = stateBelow();

    purge(true);

    assertThat(count("homeserver.event where room_id = ? and outlier", BUSY)).isEqualTo(state);
    assertThat(count(current, BUSY)).isEqualTo(before);
    assertThat(
            count(
                "homeserver.current_state s where room_id = ? and not exists"
                    + " (select from homeserver.event e where e.event_id = s.event_id)",
                BUSY))
        .isZero();
    assertThat(count("homeserver.membership where room_id = ?", BUSY)).isEqualTo(members);
  }

  @Test
  void messagesOfLocalUsersAreDetachedAndThoseOfOthersDeleted() {
    event("$far", "@far:away.example", 3, false);
    event("$far-detached", "@far:away.example", 3, true);
    event("$no-server", "nobody", 3, false);
    event("$imitation", "@ada:chat.example:8448", 3, false);
    long local = count("homeserver.event where room_id = ? and depth < ?", BUSY, DEPTH) - 4;

    BatchDriver.Total purged = purge(false);

    assertThat(purged.done()).isEqualTo(local + 4);
    assertThat(count("homeserver.event where room_id = ? and outlier", BUSY)).isEqualTo(local);
    assertThat(
            texts(
                "select event_id from homeserver.event where sender not like '@%:chat.example'"
                    + " and room_id = ?",
                BUSY))
        .isEmpty();
  }

  @Test
  void redactionsGoAndWhatTheyHidStaysHidden() {
    List<String> redacted =
        texts(
            """
            select r.redacts from homeserver.redaction r
            join homeserver.event e on e.event_id = r.event_id
            join homeserver.event t on t.event_id = r.redacts
            where e.room_id = ? and e.depth < ? and t.content::text <> '{}'
            """,
            BUSY,
            400);
    assertThat(redacted).as("the import holds whole contents").isNotEmpty();
    // The redactions are remote, and are deleted; the redacted events are local, and stay.
    execute(
        """
        update homeserver.event set sender = '@mod:away.example'
        where event_id in (select event_id from homeserver.redaction) and room_id = ?
        """,
        BUSY);

    purge(scope(400, false));

    assertThat(
            count(
                "homeserver.redaction r where not exists"
                    + " (select from homeserver.event e where e.event_id = r.event_id)"))
        .isZero();
    for (String event : redacted) {
      assertThat(text("select content from homeserver.event where event_id = ?", event))
          .isEqualTo("{}");
    }
  }

  @Test
  void whatArrivesAfterThePlanStaysWhateverItsDepth() {
    HistoryScope scope = scope(DEPTH, true);
    event("$late", "@far:away.example", 2, false);

    purge(scope);

    assertThat(count("homeserver.event where event_id = '$late' and not outlier")).isEqualTo(1);
    assertThat(homeserver.history().verifyHistory(scope).leftOver()).isEmpty();
  }

  @Test
  void newEventsAreDeeperThanAllThereAre() {
    event("$deep", "@far:away.example", Long.MAX_VALUE - 1, false);
    jdbi.useTransaction(
        handle -> Events.insert(handle, List.of(message("$new-1"), message("$new-2"))));

    assertThat(
            texts(
                "select depth from homeserver.event where event_id like '$new-%' order by event_id"))
        .containsOnly(Long.toString(Long.MAX_VALUE));
    execute("delete from homeserver.event where depth > 1000");
    long deepest =
        Long.parseLong(text("select max(depth) from homeserver.event where room_id = ?", BUSY));
    jdbi.useTransaction(handle -> Events.insert(handle, List.of(message("$new-3"))));
    assertThat(text("select depth from homeserver.event where event_id = '$new-3'"))
        .isEqualTo(Long.toString(deepest + 1));
  }

  private static NewEvent message(String id) {
    return new NewEvent(id, BUSY, "m.room.message", ADMIN, null, "{}", null);
  }

  @Test
  void reportsAndReceiptsStay() {
    long reports = count("homeserver.event_report");
    long receipts = count("homeserver.receipt");

    purge(true);

    assertThat(count("homeserver.event_report")).isEqualTo(reports);
    assertThat(count("homeserver.receipt")).isEqualTo(receipts);
  }

  @Test
  void rangesAreWorkedSideBySideInAnyOrder() {
    HistoryScope scope = scope(DEPTH, true);
    List<Range> ranges = ranges(scope, 40);
    Collections.reverse(ranges);

    long done =
        ranges.stream()
            .map(range -> CompletableFuture.supplyAsync(() -> purge(range, 11).done()))
            .toList()
            .stream()
            .mapToLong(CompletableFuture::join)
            .sum();

    assertThat(ranges).hasSizeGreaterThan(5);
    assertThat(done).isEqualTo(ranges.stream().mapToLong(Range::items).sum());
    assertThat(homeserver.history().verifyHistory(scope).leftOver()).isEmpty();
  }

  @Test
  void secondPurgeOfTheRoomMeetsOnlyWhatIsNew() {
    purge(true);

    List<Range> again = ranges(scope(DEPTH + 20, true), 1000);

    assertThat(again.stream().mapToLong(Range::items).sum())
        .isEqualTo(
            count(
                "homeserver.event where room_id = ? and depth between ? and ?",
                BUSY,
                DEPTH,
                DEPTH + 19));
  }

  @Test
  void leftOverEventsAreCounted() {
    HistoryScope scope = scope(DEPTH, true);

    assertThat(homeserver.history().verifyHistory(scope).leftOver())
        .containsExactly(
            count("homeserver.event where room_id = ? and depth < ?", BUSY, DEPTH) + " events");
  }

  @Test
  void depthsOfAnySizeAreNoObstacle() {
    event("$low", "@far:away.example", Long.MIN_VALUE, false);
    event("$high", "@far:away.example", Long.MAX_VALUE - 1, false);
    event("$top", "@far:away.example", Long.MAX_VALUE, false);
    HistoryScope scope = scope(Long.MAX_VALUE, true);

    purge(scope);

    assertThat(homeserver.history().verifyHistory(scope).leftOver()).isEmpty();
    assertThat(
            texts(
                "select event_id from homeserver.event where event_id in ('$low', '$high', '$top')"))
        .containsExactly("$top");
  }

  private long stateBelow() {
    return count(
        "homeserver.event where room_id = ? and depth < ? and state_key is not null", BUSY, DEPTH);
  }

  private void event(String id, String sender, long depth, boolean outlier) {
    EventRow.message(BUSY, sender).depth(depth).outlier(outlier).insert(jdbi, id);
  }

  private BatchDriver.Total purge(boolean localEvents) {
    return purge(scope(DEPTH, localEvents));
  }

  private BatchDriver.Total purge(HistoryScope scope) {
    List<Range> ranges = ranges(scope, 10_000);
    assertThat(ranges).hasSize(1);
    return purge(ranges.get(0), 33);
  }

  private BatchDriver.Total purge(Range range, int size) {
    return BatchDriver.run(
        (cursor, commit) ->
            homeserver
                .history()
                .purgeHistory(new RoomPurge(new Target(0, BUSY), range, cursor, size), commit));
  }

  private List<Range> ranges(HistoryScope scope, int size) {
    List<Range> ranges = new ArrayList<>();
    RangePage page = homeserver.history().historyRanges(scope, null, size);
    ranges.addAll(page.ranges());
    while (page.next() != null) {
      page = homeserver.history().historyRanges(scope, page.next(), size);
      ranges.addAll(page.ranges());
    }
    return ranges;
  }

  private HistoryScope scope(long depth, boolean localEvents) {
    Target room = new Target(0, BUSY);
    HistoryPreparation preparation = new HistoryPreparation(List.of(room), depth, null, null);
    BatchDriver.Total prepared =
        BatchDriver.run(
            (cursor, commit) -> homeserver.history().prepareHistory(preparation, commit));
    assertThat(prepared.failures()).isEmpty();
    return new HistoryScope(room, String.valueOf(prepared.fact("cut_off")), localEvents);
  }
}
