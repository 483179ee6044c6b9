package dev.bailiff.gateway.health;

import com.codahale.metrics.health.HealthCheck;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Whether the loops of this gateway run; the admin port names each failing loop and the reason. */
public final class GatewayLoopsCheck extends HealthCheck {
  private final List<Supplier<Optional<String>>> loops;

  /**
   * @param loops each returns its current fault, or empty
   */
  public GatewayLoopsCheck(List<Supplier<Optional<String>>> loops) {
    this.loops = List.copyOf(loops);
  }

  /** The current faults, one sentence each; empty if there is no fault. */
  public List<String> complaints() {
    return loops.stream().map(Supplier::get).flatMap(Optional::stream).toList();
  }

  @Override
  protected Result check() {
    var now = complaints();
    return now.isEmpty() ? Result.healthy() : Result.unhealthy(String.join("; ", now));
  }
}
