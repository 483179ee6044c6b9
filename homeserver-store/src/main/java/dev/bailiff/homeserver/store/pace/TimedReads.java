package dev.bailiff.homeserver.store.pace;

import dev.bailiff.database.TransactionBounds;
import dev.bailiff.homeserver.pace.LightCalls;
import java.util.function.LongSupplier;
import org.jdbi.v3.core.Jdbi;

/**
 * Reads a page of accounts some times over: a light call asks the database several times, and each
 * time it may wait for a processor that a batch keeps busy. The wait for a connection is not part
 * of its time, since light calls have other connections.
 */
public record TimedReads(Jdbi jdbi, TransactionBounds bounds) implements LightCalls {
  private static final int STATEMENTS = 5;

  private static final String PAGE =
      "select user_id, displayname from homeserver.account order by user_id limit 10";

  @Override
  public long time(LongSupplier nanos) {
    return jdbi.inTransaction(
        handle -> {
          bounds.set(handle);
          long begin = nanos.getAsLong();
          for (int n = 0; n < STATEMENTS; n++) {
            handle.createQuery(PAGE).mapToMap().list();
          }
          return nanos.getAsLong() - begin;
        });
  }
}
