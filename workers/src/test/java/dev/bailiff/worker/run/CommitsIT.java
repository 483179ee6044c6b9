package dev.bailiff.worker.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.database.Database;
import dev.bailiff.homeserver.store.PostgresHomeserver;
import dev.bailiff.homeserver.store.batch.StoreTimeouts;
import dev.bailiff.homeserver.store.identity.IdentityServers;
import dev.bailiff.schemas.kind.DeactivateUsersParameters;
import dev.bailiff.testing.homeserver.Community;
import dev.bailiff.testing.server.PostgresExtension;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Counts how often a small job waits until the database's log is on the disk. */
class CommitsIT {
  @RegisterExtension final PostgresExtension postgres = Community.database();

  /**
   * The four commits are: acceptance, lease, close-account, and leave-rooms with verify. The test
   * takes the lowest count of several jobs, because the database's own upkeep also writes.
   */
  @Test
  void aJobOfOneUserTakesFourCommits() {
    var jdbi = Database.jdbi(postgres.dataSource());
    var homeserver = new PostgresHomeserver(jdbi, StoreTimeouts.defaults(), IdentityServers.none());
    var engine = new OneThreadEngine(jdbi, OneThreadEngine.LEASES, homeserver);

    long least =
        Stream.of("nina", "olga", "ada")
            .mapToLong(
                user -> {
                  long before = transactionsThatWrote(jdbi);
                  var job =
                      engine.submit(
                          "deactivate-users",
                          new DeactivateUsersParameters(true),
                          Community.user(user));
                  engine.assertCompletedAndGone(engine.runToEnd(job));
                  return transactionsThatWrote(jdbi) - before;
                })
            .min()
            .orElseThrow();

    assertThat(least).isEqualTo(4);
  }

  /** Counts transactions by their numbers: a transaction gets its number at its first write. */
  private static long transactionsThatWrote(Jdbi jdbi) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select pg_snapshot_xmax(pg_current_snapshot())::text::bigint")
                .mapTo(Long.class)
                .one());
  }
}
