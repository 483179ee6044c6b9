package dev.bailiff.homeserver.synapse.redaction;

import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.homeserver.redaction.EventsLeft;
import dev.bailiff.homeserver.redaction.RedactionScope;
import dev.bailiff.homeserver.synapse.batch.CursorJson;
import dev.bailiff.homeserver.synapse.batch.ReadTime;
import org.jspecify.annotations.Nullable;

/** Counts the candidates of a scope that are not redacted. */
record OpenCandidates(ScopeWalk walk, ReadTime time) {

  EventsLeft count(RedactionScope scope, @Nullable Cursor after) {
    var place =
        after == null
            ? ScopeWalk.Place.start(scope)
            : CursorJson.read(after.value(), ScopeWalk.Place.class);
    long left = 0;
    var isOver = time.begin();
    boolean asked = false;
    while (!place.isBehind(scope)) {
      if (asked && isOver.getAsBoolean()) {
        return new EventsLeft(left, CursorJson.cursor(place));
      }
      asked = true;
      var step = walk.step(scope, place);
      left += step.candidates().stream().filter(Candidates.Candidate::open).count();
      place = step.next();
    }
    return new EventsLeft(left, null);
  }
}
