package dev.bailiff.worker.tally;

import dev.bailiff.counting.CountingTools;
import dev.bailiff.counting.KindCounter;
import dev.bailiff.homeserver.batch.Target;
import dev.bailiff.homeserver.counting.Counted;
import dev.bailiff.homeserver.counting.Numbers;
import java.util.List;
import java.util.Set;

/** Counts one target a call, so that a dry run of several targets has several batches. */
public final class TallyCounter implements KindCounter<TallyParameters> {
  /** The number of targets. */
  public static final String TARGETS = "targets";

  /** A target that is left out. */
  public static final String LEFT_OUT = "@left-out:x";

  @Override
  public String kind() {
    return "tally";
  }

  @Override
  public Class<TallyParameters> parameters() {
    return TallyParameters.class;
  }

  @Override
  public Set<String> items() {
    return Set.of(TARGETS);
  }

  @Override
  public Counted count(TallyParameters parameters, List<Target> targets, CountingTools tools) {
    var first = targets.get(0);
    return first.id().equals(LEFT_OUT)
        ? Counted.leftOut(first.number(), "as the test wants it")
        : Counted.one(Numbers.of(TARGETS, 1));
  }
}
