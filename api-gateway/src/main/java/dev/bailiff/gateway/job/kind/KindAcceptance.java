package dev.bailiff.gateway.job.kind;

import dev.bailiff.gateway.auth.LocalServer;
import dev.bailiff.gateway.backend.Lookups;
import dev.bailiff.job.TargetSnapshot;
import java.util.List;
import java.util.Optional;

/**
 * The part of a kind in the acceptance of its jobs. A kind without questions to the homeserver
 * needs no implementation. Implementations are found by {@link java.util.ServiceLoader} and are
 * stateless.
 *
 * @param <P> the kind's record of parameters
 */
public interface KindAcceptance<P extends Record> {

  /** Name of the kind, as in its {@link dev.bailiff.schemas.kind.KindContract}. */
  String kind();

  /** The record of the contract. */
  Class<P> parameters();

  /**
   * Checks parameters of a job that our own API gets.
   *
   * @throws dev.bailiff.gateway.error.ApiException if this homeserver does not allow them
   */
  default void check(P parameters, LocalServer server, Lookups lookups) {}

  /**
   * Checks the targets that a request lists, if its {@linkplain
   * dev.bailiff.schemas.kind.KindContract#conditionOfTargets parameters} mean more than these.
   *
   * @throws dev.bailiff.gateway.error.ApiException if one is not known here
   */
  default void checkListed(P parameters, List<String> targets, Lookups lookups) {}

  /**
   * The meaning of a job's targets, as of now. It is read before the transaction that accepts the
   * job, and for at most {@link dev.bailiff.schemas.kind.KindContract#MOST_TARGETS_IN_SNAPSHOT}
   * targets. In a job of more targets, a stage reads the meaning.
   *
   * @return empty if the meaning of these parameters does not change with time
   */
  default Optional<TargetSnapshot> snapshot(P parameters, Lookups lookups) {
    return Optional.empty();
  }
}
