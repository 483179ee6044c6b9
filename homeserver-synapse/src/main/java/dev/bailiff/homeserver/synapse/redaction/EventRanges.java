package dev.bailiff.homeserver.synapse.redaction;

import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.homeserver.batch.Range;
import dev.bailiff.homeserver.batch.RangePage;
import dev.bailiff.homeserver.redaction.EventConditions;
import dev.bailiff.homeserver.redaction.RedactionScope;
import dev.bailiff.homeserver.synapse.batch.CursorJson;
import dev.bailiff.homeserver.synapse.batch.ReadTime;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/** Plans a redaction: each page of candidates is a range. */
record EventRanges(ScopeWalk walk, ReadTime time) {

  RangePage page(RedactionScope scope, @Nullable Cursor after) {
    var place =
        after == null
            ? ScopeWalk.Place.start(scope)
            : CursorJson.read(after.value(), ScopeWalk.Place.class);
    var ranges = new ArrayList<Range>();
    var isOver = time.begin();
    boolean asked = false;
    while (!place.isBehind(scope)) {
      if (asked && isOver.getAsBoolean()) {
        return new RangePage(ranges, CursorJson.cursor(place));
      }
      asked = true;
      var step = walk.step(scope, place);
      if (!step.candidates().isEmpty()) {
        ranges.add(range(scope, step).packed(step.candidates().size()));
      }
      place = step.next();
    }
    return new RangePage(ranges, null);
  }

  private static EventRange range(RedactionScope scope, ScopeWalk.Step step) {
    var conditions = scope.conditions();
    return new EventRange(
        scope.user().id(),
        scope.user().number(),
        step.room(),
        step.from(),
        step.skip(),
        conditions.afterAt(),
        conditions.beforeAt(),
        conditions.types().equals(EventConditions.USUAL_TYPES) ? null : conditions.types(),
        conditions.contains());
  }
}
