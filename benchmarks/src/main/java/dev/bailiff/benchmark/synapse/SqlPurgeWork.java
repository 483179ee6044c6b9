package dev.bailiff.benchmark.synapse;

import dev.bailiff.benchmark.live.LargeRoom;
import dev.bailiff.benchmark.live.LiveSynapse;
import dev.bailiff.benchmark.live.LongestTransaction;
import dev.bailiff.benchmark.live.Sends;
import dev.bailiff.benchmark.live.SynapseScale;
import dev.bailiff.benchmark.measure.Bound;
import dev.bailiff.benchmark.stack.SynapseStack;
import dev.bailiff.homeserver.synapse.SynapseHomeserverFactory;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A {@code delete-rooms} job for a room that is purged by direct SQL, beside one call of Synapse. A
 * user of another room sends during both.
 */
final class SqlPurgeWork extends LargeRoomPurge {
  private static final String LONGEST = "s of the longest transaction";
  private static final String CANCEL = "s to cancel";
  private static final String SENDS = "× idle p95 of sends";

  /** The warm-up room has more events, so that it is purged by SQL too. */
  private static final int WARM_UP_EVENTS = 2_000;

  private static final int FROM_EVENTS = 1_000;

  /** After so many events a purge is well under way. */
  private static final int SOME_EVENTS = 200;

  /** The room whose purge is cancelled has so many times fewer events. */
  private static final int CANCELLED_SHARE = 4;

  SqlPurgeWork() {
    super(WARM_UP_EVENTS);
  }

  @Override
  public String name() {
    return "synapse-purge-sql";
  }

  @Override
  public String work(SynapseScale scale) {
    return String.format(Locale.ROOT, "purge a room of %,d events by direct SQL", items(scale));
  }

  @Override
  public long items(SynapseScale scale) {
    return scale.sqlEvents();
  }

  @Override
  public Bound bound() {
    return Bound.timesAtMost(0.5).andCost(LONGEST, 0.5).andCost(CANCEL, 2).andCost(SENDS, 1.5);
  }

  @Override
  public SynapseHomeserverFactory homeserver(LiveSynapse synapse, SynapseScale scale) {
    return synapse.homeserverWithDatabase(FROM_EVENTS);
  }

  /** Measures the idle server first, so that both sides begin with the same sends. */
  @Override
  public Watch watch(LiveSynapse synapse, SynapseScale scale) throws InterruptedException {
    var chat = Sends.Chat.make(synapse);
    double idle = Sends.during(synapse, chat, scale.window()).p95();
    var sends = Sends.begin(synapse, chat);
    var transactions = LongestTransaction.of(synapse, LiveSynapse.PURGE_ROLE);
    return new Watch() {
      @Override
      public Map<String, Double> end() throws InterruptedException {
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put(LONGEST, transactions.end());
        figures.put(SENDS, sends.end().p95() / idle);
        return figures;
      }

      @Override
      public void close() {
        sends.close();
        transactions.close();
      }
    };
  }

  /** A purge that was left to Synapse would say nothing about SQL. */
  @Override
  public Map<String, Double> besides(LiveSynapse synapse, LargeRoom room, SynapseStack.Done done) {
    var way = done.targets().get(0).facts().get("purge_way");
    if (!"sql".equals(way)) {
      throw new IllegalStateException("the room was not purged by direct SQL: " + way);
    }
    return Map.of();
  }

  @Override
  public Map<String, Double> afterwards(LiveSynapse synapse, SynapseScale scale, SynapseStack stack)
      throws InterruptedException, SQLException {
    var room = LargeRoom.make(synapse, scale.sqlEvents() / CANCELLED_SHARE);
    synapse.settle();
    var seconds =
        stack.cancelled(job(room), job -> job.path("progress").path("done").asLong() > SOME_EVENTS);
    return seconds.isPresent() ? Map.of(CANCEL, seconds.getAsDouble()) : Map.of();
  }
}
