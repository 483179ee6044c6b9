package dev.bailiff.gateway.health;

import com.codahale.metrics.health.HealthCheck;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Whether the loops of this gateway go on; the admin port tells which one does not, and why. */
public final class LoopsCheck extends HealthCheck {
  private final List<Supplier<Optional<String>>> loops;

  /**
   * @param loops each gives what is wrong with it, or nothing
   */
  public LoopsCheck(List<Supplier<Optional<String>>> loops) {
    this.loops = List.copyOf(loops);
  }

  /** What is wrong now, a sentence each; empty if nothing is. */
  public List<String> complaints() {
    return loops.stream().map(Supplier::get).flatMap(Optional::stream).toList();
  }

  @Override
  protected Result check() {
    var now = complaints();
    return now.isEmpty() ? Result.healthy() : Result.unhealthy(String.join("; ", now));
  }
}
