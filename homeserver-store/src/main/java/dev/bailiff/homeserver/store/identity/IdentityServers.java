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
   * Unbinds third-party ids. A repeated call does no harm.
   *
   * @param threepids at most a batch
   * @return an answer for each id, in the order asked, after 8 s at the latest; failures are
   *     answers and never exceptions
   */
  List<Unbinding> unbind(List<BoundThreepid> threepids);

  /** Cancels the requests that are running. */
  @Override
  default void close() {}

  /**
   * Stands for no configured identity server: no id is bound anywhere, so every unbinding succeeds.
   */
  static IdentityServers none() {
    return threepids -> Collections.nCopies(threepids.size(), Unbinding.SUCCESS);
  }
}
