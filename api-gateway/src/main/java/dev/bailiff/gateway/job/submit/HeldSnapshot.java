package dev.bailiff.gateway.job.submit;

import dev.bailiff.job.TargetSnapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A snapshot in memory. It is read before the transaction that stores it. The transaction asks no
 * other machine, as it would hold its locks until that machine answers.
 *
 * @param pages of items, by target
 */
record HeldSnapshot(Map<String, List<Page>> pages) implements TargetSnapshot {

  /** Some items of a list. */
  record Page(String list, List<String> items) {}

  /** Reads another snapshot of these targets now. */
  static HeldSnapshot of(List<String> targets, TargetSnapshot other) {
    Map<String, List<Page>> pages = new HashMap<>();
    for (var target : targets) {
      List<Page> ofTarget = new ArrayList<>();
      other.read(target, (list, items) -> ofTarget.add(new Page(list, List.copyOf(items))));
      pages.put(target, ofTarget);
    }
    return new HeldSnapshot(pages);
  }

  @Override
  public void read(String target, Sink sink) {
    pages.getOrDefault(target, List.of()).forEach(page -> sink.add(page.list(), page.items()));
  }
}
