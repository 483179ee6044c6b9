package dev.bailiff.gateway.guard;

import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.error.Errcode;
import dev.bailiff.guard.Rail;
import dev.bailiff.guard.Spared;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a job leaves alone of the targets that its request names, as far as it is known when the job
 * is submitted. One request, one thread.
 */
public final class LeftAlone {

  /** The homeserver is asked about so many targets at most: a caller waits. */
  public static final int MOST_ASKED = 100;

  private static final int MOST_NAMED = 20;

  private final List<Named> named = new ArrayList<>();
  private long count;
  private long targets;
  private @Nullable Named last;

  /** A target and why it is left alone. */
  public record Named(String target, Rail rail) {}

  static LeftAlone of(List<Spared> spared, int targets) {
    var left = new LeftAlone();
    spared.forEach(one -> left.add(one.target().id(), Optional.of(one.rail())));
    left.targets = targets;
    return left;
  }

  void add(String id, Optional<Rail> rail) {
    targets++;
    rail.ifPresent(
        holding -> {
          count++;
          last = new Named(id, holding);
          if (named.size() < MOST_NAMED) {
            named.add(last);
          }
        });
  }

  /** The first of them, at most 20. */
  public List<Named> named() {
    return List.copyOf(named);
  }

  /** How many they are. */
  public long count() {
    return count;
  }

  /** Whether nothing is left for the job to do. */
  public boolean isAll() {
    return count > 0 && count == targets;
  }

  /** The error of a request of which nothing is left: 403 that names a target and the reason. */
  public ApiException refusal() {
    var one = last;
    if (one == null) {
      throw new IllegalStateException("nothing is left alone");
    }
    var text = one.rail().text(one.target());
    return new ApiException(
        403,
        Errcode.M_FORBIDDEN,
        count == 1 ? text : "All " + count + " targets are left alone. " + text);
  }
}
