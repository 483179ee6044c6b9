package dev.bailiff.benchmark.synapse;

import dev.bailiff.benchmark.live.LiveSynapse;
import dev.bailiff.benchmark.live.SynapseScale;
import dev.bailiff.benchmark.measure.Bound;
import dev.bailiff.benchmark.stack.SynapseStack;
import dev.bailiff.benchmark.stack.SynapseStack.Order;
import dev.bailiff.homeserver.synapse.SynapseHomeserverFactory;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/**
 * Work that Bailiff does by a job and Synapse by calls of its own. Both leave the same behind;
 * {@link #traces} shows that they do.
 *
 * @param <D> the data of one side of one round
 */
interface SynapseWork<D> {

  /** Name on the command line and in JSON. */
  String name();

  /** The work in words, for the table. */
  String work(SynapseScale scale);

  /** The number of items (events, users, rooms, media) in the work. */
  long items(SynapseScale scale);

  Bound bound();

  /** The homeserver as the workers know it. */
  default SynapseHomeserverFactory homeserver(LiveSynapse synapse, SynapseScale scale) {
    return synapse.homeserver();
  }

  /** Makes fresh data for one side of one round. */
  D furnish(LiveSynapse synapse, SynapseScale scale) throws InterruptedException, SQLException;

  /** Makes a little data of the same sort, which both sides warm up on. */
  D furnishWarmUp(LiveSynapse synapse) throws InterruptedException, SQLException;

  /** The job for the data. */
  Order job(D data);

  /** Does the work by Synapse's own calls. */
  void byHand(LiveSynapse synapse, D data);

  /** Named counts that must be equal after the job and after Synapse's own calls. */
  List<String> traces(LiveSynapse synapse, D data) throws SQLException;

  /**
   * Further figures of the job, by name; of several rounds the highest value counts.
   *
   * @param done the job, which has ended
   */
  default Map<String, Double> besides(LiveSynapse synapse, D data, SynapseStack.Done done)
      throws SQLException {
    return Map.of();
  }

  /** Something that goes on beside the work. */
  interface Watch extends AutoCloseable {
    Watch NONE = Map::of;

    /** Ends and returns figures by name; of several rounds the highest value counts. */
    Map<String, Double> end() throws InterruptedException;

    @Override
    default void close() {}
  }

  /** Begins what goes on beside each side's work; called before the clock starts. */
  default Watch watch(LiveSynapse synapse, SynapseScale scale) throws InterruptedException {
    return Watch.NONE;
  }

  /** Figures that are measured once, after all rounds. */
  default Map<String, Double> afterwards(
      LiveSynapse synapse, SynapseScale scale, SynapseStack stack)
      throws InterruptedException, SQLException {
    return Map.of();
  }
}
