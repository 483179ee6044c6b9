package dev.bailiff.worker.consume;

import dev.bailiff.job.store.GroupLeases.Delivered;
import dev.bailiff.worker.run.CommandOpenException;
import dev.bailiff.worker.run.GroupRunner;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Works commands, and closes the gate when a run shows that the store is away. */
public final class GatedRunner {
  private static final Logger LOG = LoggerFactory.getLogger(GatedRunner.class);

  private final GroupRunner runner;
  private final StoreGate gate;

  /**
   * @param gate the one gate of all slots of the worker
   */
  public GatedRunner(GroupRunner runner, StoreGate gate) {
    this.runner = runner;
    this.gate = gate;
  }

  StoreGate gate() {
    return gate;
  }

  /**
   * Works the commands.
   *
   * @return whether they may be accepted; if not, their next delivery finds out what became of them
   */
  boolean isDone(List<Delivered> commands, BooleanSupplier draining) {
    try {
      runner.run(commands, draining);
      return true;
    } catch (CommandOpenException e) {
      LOG.info("{} commands are left to their next delivery: {}", commands.size(), e.getMessage());
      if (e.isStoreAway()) {
        gate.close();
      }
      return false;
    }
  }
}
