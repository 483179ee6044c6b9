package dev.bailiff.worker;

import com.codahale.metrics.health.HealthCheck;

/** Checks that a worker's slots and duties go on; reports those that do not, and why. */
public final class WorkerLoopsCheck extends HealthCheck {
  private final Worker worker;

  public WorkerLoopsCheck(Worker worker) {
    this.worker = worker;
  }

  @Override
  protected Result check() {
    var now = worker.complaints();
    return now.isEmpty() ? Result.healthy() : Result.unhealthy(String.join("; ", now));
  }
}
