package dev.bailiff.worker.kind.cleanup;

import dev.bailiff.homeserver.batch.Verdict;
import dev.bailiff.worker.kind.StageJson;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the checks of a target know when a call ends before all of them have ended.
 *
 * @param found by step: the finding of a check that has ended
 * @param places by step: where a check goes on that stopped
 */
record VerifyPlace(Map<String, Finding> found, Map<String, String> places) {

  /** The finding of a check. */
  record Finding(Verdict.Word word, List<String> leftOver) {}

  static VerifyPlace start() {
    return new VerifyPlace(new TreeMap<>(), new TreeMap<>());
  }

  static VerifyPlace of(@Nullable String text) {
    return text == null ? start() : StageJson.read(text, VerifyPlace.class);
  }

  /** The text of the place; null at the start. */
  @Nullable String text() {
    return found.isEmpty() && places.isEmpty() ? null : StageJson.write(this);
  }

  Optional<Verdict> found(String step, int target) {
    return Optional.ofNullable(found.get(step))
        .map(finding -> new Verdict(target, finding.word(), finding.leftOver()));
  }

  @Nullable String within(String step) {
    return places.get(step);
  }

  VerifyPlace withFound(String step, Verdict verdict) {
    var all = new TreeMap<>(found);
    all.put(step, new Finding(verdict.word(), verdict.leftOver()));
    return new VerifyPlace(all, places);
  }

  VerifyPlace withPlace(String step, @Nullable String place) {
    if (place == null) {
      return this;
    }
    var all = new TreeMap<>(places);
    all.put(step, place);
    return new VerifyPlace(found, all);
  }
}
