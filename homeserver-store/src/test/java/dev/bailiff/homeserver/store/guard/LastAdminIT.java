package dev.bailiff.homeserver.store.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bailiff.database.Database;
import dev.bailiff.guard.Rail;
import dev.bailiff.homeserver.batch.BatchCommit;
import dev.bailiff.homeserver.batch.BatchOutcome;
import dev.bailiff.homeserver.batch.Failure;
import dev.bailiff.homeserver.batch.Target;
import dev.bailiff.homeserver.deactivation.AccountClosing;
import dev.bailiff.homeserver.store.PostgresHomeserver;
import dev.bailiff.homeserver.store.batch.StoreTimeouts;
import dev.bailiff.homeserver.store.identity.IdentityServers;
import dev.bailiff.testing.homeserver.UserRows;
import dev.bailiff.testing.server.PostgresExtension;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two jobs close the last two server admins, at the same moment. */
class LastAdminIT {
  private static final String ANN = "@ann:chat.example";
  private static final String BEN = "@ben:chat.example";

  @RegisterExtension final PostgresExtension postgres = PostgresExtension.migrated();

  private Jdbi jdbi;
  private PostgresHomeserver homeserver;

  @BeforeEach
  void start() {
    jdbi = Database.jdbi(postgres.dataSource());
    jdbi.useHandle(
        handle ->
            handle.execute("insert into homeserver.server (server_name) values ('chat.example')"));
    var rows = new UserRows(jdbi);
    rows.account(ANN);
    rows.account(BEN);
    rows.account("@locked:chat.example");
    rows.account("@gone:chat.example");
    jdbi.useHandle(
        handle -> {
          handle.execute("update homeserver.account set admin = true");
          handle.execute(
              "update homeserver.account set locked = true where user_id like '@locked%'");
          handle.execute(
              "update homeserver.account set deactivated = true where user_id like '@gone%'");
        });
    homeserver = new PostgresHomeserver(jdbi, StoreTimeouts.defaults(), IdentityServers.none());
  }

  @Test
  void oneOfThemStays() throws Exception {
    var second = new CompletableFuture<CompletableFuture<BatchOutcome>>();
    var first =
        close(
            ANN,
            () -> {
              // The first one has done its work, and is not committed.
              second.complete(CompletableFuture.supplyAsync(() -> close(BEN, () -> {})));
              await().until(this::somebodyWaits);
            });

    assertThat(first.failures()).isEmpty();
    assertThat(second.get().get().failures())
        .extracting(Failure::status, Failure::text)
        .containsExactly(org.assertj.core.groups.Tuple.tuple(403, Rail.LAST_ADMIN.text(BEN)));
    assertThat(homeserver.guard().admins()).containsExactly(BEN);
  }

  @Test
  void whoDoesNotSpareTheLastAdminClosesTheAccount() {
    close(ANN, () -> {});

    var outcome =
        homeserver
            .deactivation()
            .closeAccounts(
                new AccountClosing(List.of(new Target(0, BEN)), false), commit(true, () -> {}));

    assertThat(outcome.failures()).isEmpty();
    assertThat(homeserver.guard().admins()).isEmpty();
  }

  private BatchOutcome close(String user, Runnable beforeRecord) {
    return homeserver
        .deactivation()
        .closeAccounts(
            new AccountClosing(List.of(new Target(0, user)), false), commit(false, beforeRecord));
  }

  private static BatchCommit commit(boolean mayTakeLastAdmin, Runnable beforeRecord) {
    return new BatchCommit() {
      @Override
      public void fence() {}

      @Override
      public boolean mayTakeLastAdmin(Target target) {
        return mayTakeLastAdmin;
      }

      @Override
      public BatchOutcome record(BatchOutcome outcome) {
        beforeRecord.run();
        return outcome;
      }
    };
  }

  private boolean somebodyWaits() {
    try (var connection = postgres.dataSource().getConnection();
        var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                "select count(*) from pg_locks where locktype = 'advisory' and not granted"
                    + " and database = (select oid from pg_database where datname = current_database())")) {
      rows.next();
      return rows.getInt(1) > 0;
    } catch (java.sql.SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
