package dev.bailiff.job.store;

import dev.bailiff.job.Lease;
import org.jdbi.v3.core.statement.SqlStatement;

/**
 * Binds a lease to a statement. Every write of an owner is a compare-and-set on the epoch; the
 * number of rows shows whether the owner still has the lease.
 */
final class LeaseBinding {
  private LeaseBinding() {}

  /** Binds {@code jobId}, {@code stage}, {@code segment} and {@code epoch}. */
  static <S extends SqlStatement<S>> S bind(S statement, Lease lease) {
    var key = lease.key();
    return statement
        .bind("jobId", key.job().value())
        .bind("stage", key.stage())
        .bind("segment", key.segment())
        .bind("epoch", lease.epoch());
  }
}
