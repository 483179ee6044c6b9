package dev.bailiff.job.store;

import dev.bailiff.database.AdvisoryLock;
import org.jdbi.v3.core.Handle;

/**
 * The idempotency keys of requests that are at work, in all gateways. Each is a lock of its
 * transaction, so a gateway that dies leaves no key locked.
 */
final class KeysInHand {
  private static final String TAKE = AdvisoryLock.IDEMPOTENCY_KEYS.tryToTakeOne(":name");

  private KeysInHand() {}

  /**
   * Takes a key until the transaction ends. The transaction that has it may take it again.
   *
   * @return whether no other transaction has it
   */
  static boolean take(Handle handle, String requester, String key) {
    return handle
        .createQuery(TAKE)
        // Neither part holds a line feed, so two pairs never make the same name.
        .bind("name", requester + "\n" + key)
        .mapTo(Boolean.class)
        .one();
  }
}
