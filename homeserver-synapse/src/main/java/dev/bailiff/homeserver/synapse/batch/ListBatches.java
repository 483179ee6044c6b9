package dev.bailiff.homeserver.synapse.batch;

import dev.bailiff.homeserver.batch.BatchCommit;
import dev.bailiff.homeserver.batch.BatchOutcome;
import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.homeserver.batch.Effect;
import dev.bailiff.homeserver.batch.Fact;
import dev.bailiff.homeserver.batch.Failure;
import dev.bailiff.homeserver.batch.ListEntry;
import dev.bailiff.homeserver.batch.Snooze;
import dev.bailiff.homeserver.batch.Target;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Operations of the port on a list: fence, calls for the first items, record. */
public final class ListBatches {
  private ListBatches() {}

  /** Settles a prefix of the targets; an item that fails fails its target. */
  public static BatchOutcome targets(
      ItemCalls calls,
      String operation,
      List<Target> targets,
      int parallel,
      BatchCommit commit,
      ItemCalls.Call<Target> call) {
    commit.fence();
    var prefix =
        calls.settle(
            operation,
            targets,
            parallel,
            true,
            commit,
            target -> new ItemCalls.Name(target.id(), target.number()),
            call);
    int settled = prefix.settled().size();
    return commit.record(
        outcome(prefix, settled == targets.size() ? null : targets.get(settled).cursor()));
  }

  /**
   * The outcome of a prefix.
   *
   * @param next where the list goes on; null if all of it is settled
   */
  public static BatchOutcome outcome(ItemCalls.Prefix prefix, @Nullable Cursor next) {
    long done = 0;
    long skipped = 0;
    var failures = new ArrayList<Failure>();
    var entries = new ArrayList<ListEntry>();
    var facts = new ArrayList<Fact>();
    var changed = new LinkedHashMap<Integer, List<String>>();
    for (int n = 0; n < prefix.settled().size(); n++) {
      var settlement = prefix.settled().get(n);
      if (settlement instanceof Settlement.Done item) {
        done++;
        var name = prefix.names().get(n);
        changed.computeIfAbsent(name.target(), any -> new ArrayList<>()).add(name.item());
        facts.addAll(item.facts());
        entries.addAll(item.entries());
      } else if (settlement instanceof Settlement.Skipped item) {
        skipped++;
        facts.addAll(item.facts());
      } else if (settlement instanceof Settlement.Failed item) {
        failures.add(item.failure());
        facts.addAll(item.facts());
      }
    }
    var again = prefix.again();
    return new BatchOutcome(
        done,
        skipped,
        failures,
        entries,
        facts,
        next,
        next == null || again == null ? null : new Snooze(again),
        changed.entrySet().stream()
            .map(target -> Effect.of(target.getKey(), target.getValue()))
            .toList());
  }
}
