package dev.bailiff.homeserver.store.history;

import dev.bailiff.homeserver.batch.Fact;
import dev.bailiff.homeserver.batch.Failure;
import dev.bailiff.homeserver.batch.Target;
import dev.bailiff.homeserver.counting.Counted;
import dev.bailiff.homeserver.counting.CountingPort;
import dev.bailiff.homeserver.counting.Numbers;
import dev.bailiff.homeserver.history.HistoryPreparation;
import dev.bailiff.homeserver.history.HistoryScope;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Counts what a purge of one room's history would delete or detach. */
public final class HistoryCount {
  private HistoryCount() {}

  /**
   * Counts one room.
   *
   * @param asked where the purge would end
   */
  public static Counted of(
      Handle handle, String server, Target room, HistoryPreparation asked, boolean localEvents) {
    var one =
        new HistoryPreparation(List.of(room), asked.upToDepth(), asked.upToEvent(), asked.upToAt());
    var found = HistoryPreparations.looking(handle, one).run();
    if (!found.failures().isEmpty()) {
      return Counted.leftOut(
          room.number(), found.failures().stream().map(Failure::text).findFirst().orElseThrow());
    }
    return found.facts().stream()
        .filter(fact -> fact.key().equals("cut_off"))
        .map(Fact::value)
        .findFirst()
        .map(
            cutOff -> HistoryPlan.left(handle, server, new HistoryScope(room, cutOff, localEvents)))
        .filter(events -> events > 0)
        .map(
            events ->
                Counted.one(Numbers.of(CountingPort.ROOMS, 1).with(CountingPort.EVENTS, events)))
        .orElseGet(() -> Counted.leftOut(room.number(), "nothing in it is old enough"));
  }
}
