package dev.bailiff.homeserver.store.identity;

import java.util.Collections;
import java.util.List;

/**
 * The identity servers that may know our users.
 *
 * <p><b>Concurrency:</b> implementations are thread-safe.
 */
public interface IdentityServers extends AutoCloseable {

  /**
   * Unbinds third-party ids. Repeating it does no harm.
   *
   * @param threepids at most a batch
   * @return an answer for each, in the order asked; never an exception. At the latest after 8 s
   */
  List<Unbinding> unbind(List<BoundThreepid> threepids);

  /** Gives up what is being asked now. */
  @Override
  default void close() {}

  /** No identity server is configured: nothing is bound anywhere. */
  static IdentityServers none() {
    return threepids -> Collections.nCopies(threepids.size(), Unbinding.SUCCESS);
  }
}
