package dev.bailiff.counting;

import dev.bailiff.homeserver.batch.Target;
import dev.bailiff.homeserver.counting.Counted;
import dev.bailiff.homeserver.counting.Numbers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The counters of all kinds on the class path. Immutable. */
public final class KindCounters {
  private final Map<String, KindCounter<?>> byKind = new HashMap<>();

  private KindCounters() {
    for (KindCounter<?> counter : ServiceLoader.load(KindCounter.class)) {
      if (byKind.put(counter.kind(), counter) != null) {
        throw new IllegalStateException("two counters of the kind " + counter.kind());
      }
    }
  }

  /** The counters on the class path, which is searched once. */
  public static KindCounters load() {
    return Loaded.COUNTERS;
  }

  private static final class Loaded {
    static final KindCounters COUNTERS = new KindCounters();
  }

  /** Counts what a job of a kind would work, as its {@link KindCounter} says. */
  public Counted count(String kind, Record parameters, List<Target> targets, CountingTools tools) {
    var counter = find(kind);
    return counter == null
        ? new Counted(targets.size(), Numbers.NONE, List.of())
        : count(counter, parameters, targets, tools);
  }

  /** The numbers of a kind that make up its items; none if the kind does not say. */
  public Set<String> items(String kind) {
    var counter = find(kind);
    return counter == null ? Set.of() : counter.items();
  }

  private @Nullable KindCounter<?> find(String kind) {
    return byKind.get(kind);
  }

  private static <P extends Record> Counted count(
      KindCounter<P> counter, Record parameters, List<Target> targets, CountingTools tools) {
    return counter.count(counter.parameters().cast(parameters), targets, tools);
  }
}
