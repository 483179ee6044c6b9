package dev.bailiff.gateway.guard;

import dev.bailiff.guard.Rail;
import dev.bailiff.job.TargetSnapshot;
import java.util.List;
import java.util.Set;

/**
 * Stores with each target which rails do not hold for it, beside what else the target means. A
 * retry and the run of a plan take that over.
 *
 * @param words of rails, or {@link Rail#FORCED}
 */
public record WaivedRails(TargetSnapshot meaning, Set<String> words) implements TargetSnapshot {
  @Override
  public void read(String target, Sink sink) {
    meaning.read(target, sink);
    sink.add(Rail.WAIVED, List.copyOf(words));
  }
}
