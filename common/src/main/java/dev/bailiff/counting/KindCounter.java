package dev.bailiff.counting;

import dev.bailiff.homeserver.batch.Target;
import dev.bailiff.homeserver.counting.Counted;
import java.util.List;
import java.util.Set;

/**
 * What a dry run of a kind counts. A kind without one has dry runs that count its targets alone.
 * Found by {@link java.util.ServiceLoader}; stateless.
 *
 * @param <P> the kind's record of parameters
 */
public interface KindCounter<P extends Record> {

  /** Name of the kind, as in its {@link dev.bailiff.schemas.kind.KindContract}. */
  String kind();

  /** The record of the contract. */
  Class<P> parameters();

  /**
   * The numbers whose sum is about the number of items that a job works, so that the time it takes
   * can be estimated.
   */
  Set<String> items();

  /**
   * Counts what a job would work. Changes nothing, and may be repeated.
   *
   * @param targets one or more
   * @return of the first targets: of one at least, and of all unless that takes too long
   */
  Counted count(P parameters, List<Target> targets, CountingTools tools);
}
