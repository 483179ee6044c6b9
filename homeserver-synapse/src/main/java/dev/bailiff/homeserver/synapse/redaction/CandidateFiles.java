package dev.bailiff.homeserver.synapse.redaction;

import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.homeserver.batch.ShownFiles;
import dev.bailiff.homeserver.redaction.RedactionScope;
import dev.bailiff.homeserver.synapse.batch.CursorJson;
import dev.bailiff.homeserver.synapse.batch.ReadTime;
import dev.bailiff.homeserver.synapse.media.MediaUses;
import java.util.LinkedHashSet;
import org.jspecify.annotations.Nullable;

/** The files that the candidates of a scope show: of the same events that the plan finds. */
record CandidateFiles(ScopeWalk walk, ReadTime time, MediaUses uses) {

  ShownFiles page(RedactionScope scope, @Nullable Cursor after, int size) {
    var place =
        after == null
            ? ScopeWalk.Place.start(scope)
            : CursorJson.read(after.value(), ScopeWalk.Place.class);
    var shown = new LinkedHashSet<String>();
    var isOver = time.begin();
    int looked = 0;
    boolean asked = false;
    while (!place.isBehind(scope) && !(asked && (looked >= size || isOver.getAsBoolean()))) {
      asked = true;
      var step = walk.step(scope, place);
      step.candidates().stream()
          .filter(Candidates.Candidate::open)
          .forEach(candidate -> shown.addAll(candidate.shows()));
      looked += step.candidates().size();
      place = step.next();
    }
    return new ShownFiles(
        uses.deletable(shown), place.isBehind(scope) ? null : CursorJson.cursor(place));
  }
}
