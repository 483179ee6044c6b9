package dev.bailiff.benchmark.synapse;

import dev.bailiff.benchmark.live.ByHand;
import dev.bailiff.benchmark.live.LargeRoom;
import dev.bailiff.benchmark.live.LiveSynapse;
import dev.bailiff.benchmark.live.SynapseScale;
import dev.bailiff.benchmark.measure.Bound;
import dev.bailiff.benchmark.stack.SynapseStack;
import dev.bailiff.benchmark.stack.SynapseStack.Order;
import dev.bailiff.schemas.kind.PurgeHistoryContract;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A {@code purge-history} job, which goes by slices, beside one call of Synapse. */
final class HistoryWork implements SynapseWork<LargeRoom> {
  private static final int WARM_UP_EVENTS = 200;
  private static final String CANCEL = "s to cancel";

  private static final String UNDER_WAY =
      """
      select count(*) from scheduled_tasks
      where action = 'purge_history' and resource_id = ? and status = 'active'
      """;

  private final boolean large;

  /**
   * @param large whether the history has so many events that a purge takes minutes; then it is
   *     cancelled once, too
   */
  HistoryWork(boolean large) {
    this.large = large;
  }

  @Override
  public String name() {
    return large ? "synapse-history-large" : "synapse-history";
  }

  @Override
  public String work(SynapseScale scale) {
    return String.format(Locale.ROOT, "purge a history of %,d events", items(scale));
  }

  @Override
  public long items(SynapseScale scale) {
    return large ? scale.largeHistory() : scale.events12k();
  }

  @Override
  public Bound bound() {
    return large ? Bound.timesAtMost(1.15).andCost(CANCEL, 2) : Bound.timesAtMost(1.5);
  }

  @Override
  public LargeRoom furnish(LiveSynapse synapse, SynapseScale scale)
      throws InterruptedException, SQLException {
    return LargeRoom.make(synapse, (int) items(scale));
  }

  @Override
  public LargeRoom furnishWarmUp(LiveSynapse synapse) throws InterruptedException, SQLException {
    return LargeRoom.make(synapse, WARM_UP_EVENTS);
  }

  @Override
  public Order job(LargeRoom room) {
    return new Order(
        PurgeHistoryContract.KIND, List.of(room.room()), ByHand.historyOf(room), "fast");
  }

  @Override
  public void byHand(LiveSynapse synapse, LargeRoom room) {
    synapse.byHand().purgeHistory(room);
  }

  @Override
  public List<String> traces(LiveSynapse synapse, LargeRoom room) throws SQLException {
    return RoomTraces.of(synapse, List.of(room.room()));
  }

  /** The slice under way finishes by itself after the job has ended. */
  @Override
  public Map<String, Double> afterwards(LiveSynapse synapse, SynapseScale scale, SynapseStack stack)
      throws InterruptedException, SQLException {
    if (!large) {
      return Map.of();
    }
    var room = furnish(synapse, scale);
    synapse.settle();
    var seconds = stack.cancelled(job(room), job -> synapse.number(UNDER_WAY, room.room()) > 0);
    synapse.awaitNoTasks();
    return seconds.isPresent() ? Map.of(CANCEL, seconds.getAsDouble()) : Map.of();
  }
}
