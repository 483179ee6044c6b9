package dev.bailiff.worker.run.batch;

import dev.bailiff.homeserver.batch.BatchOutcome;
import dev.bailiff.homeserver.batch.Effect;
import dev.bailiff.homeserver.batch.ListEntry;
import dev.bailiff.job.BatchRecord.Effects;
import dev.bailiff.job.Segment;
import dev.bailiff.schemas.kind.KindContract;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What the audit is told of a batch. */
final class BatchEffects {
  /** Lists of the reply whose entries were changed. */
  private static final Set<String> CHANGED =
      Set.of("deleted_media", "kicked_users", "local_aliases");

  /** Stages that look and note, and change nothing of the homeserver. */
  private static final Pattern LOOKING = Pattern.compile("(find|keep|note|verify)(-.*)?");

  private BatchEffects() {}

  /**
   * The effects as the homeserver tells them; or else the entries of the reply, by target; or else
   * how many items were changed.
   */
  static Effects of(Segment segment, BatchOutcome outcome) {
    var stage = segment.stage();
    if (KindContract.PREPARING.contains(stage) || LOOKING.matcher(stage).matches()) {
      return Effects.NONE;
    }
    var effects = outcome.effects();
    if (effects.isEmpty()) {
      effects = ofEntries(outcome.listEntries());
    }
    if (effects.isEmpty() && outcome.done() > 0) {
      effects = List.of(Effect.counted(null, outcome.done()));
    }
    return effects.isEmpty()
        ? Effects.NONE
        : new Effects(segment.job().kind().name() + "/" + stage, effects);
  }

  private static List<Effect> ofEntries(List<ListEntry> entries) {
    var items = new TreeMap<Integer, List<String>>();
    for (var entry : entries) {
      if (CHANGED.contains(entry.list())) {
        items.computeIfAbsent(entry.target(), any -> new ArrayList<>()).add(entry.item());
      }
    }
    return items.entrySet().stream()
        .map(target -> Effect.of(target.getKey(), target.getValue()))
        .toList();
  }
}
