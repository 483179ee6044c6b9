package dev.bailiff.job.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bailiff.database.Database;
import dev.bailiff.testing.server.PostgresExtension;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class HomeserverClaimIT {
  @RegisterExtension static final PostgresExtension postgres = PostgresExtension.migrated();

  private Jdbi jdbi;
  private HomeserverClaim claim;

  @BeforeEach
  void empty() {
    jdbi = Database.jdbi(postgres.dataSource());
    jdbi.useHandle(handle -> handle.execute("delete from jobs.homeserver"));
    claim = new HomeserverClaim(jdbi);
  }

  @Test
  void ownStoreGetsItsNameFromItsImport() {
    claim.require("store", null);
    assertThat(row()).containsExactly("store -");

    claim.require("store", "chat.example");
    claim.require("store", null);
    claim.require("store", "chat.example");

    assertThat(row()).containsExactly("store chat.example");
  }

  @Test
  void anotherServerIsRefused() {
    claim.require("store", "chat.example");

    assertThatThrownBy(() -> claim.require("store", "other.example"))
        .isInstanceOf(OtherHomeserverException.class)
        .hasMessageContainingAll("(chat.example)", "(other.example)");
    assertThat(row()).containsExactly("store chat.example");
  }

  @Test
  void anotherTypeIsRefusedOnBothSides() {
    claim.require("store", null);
    assertThatThrownBy(() -> claim.require("synapse", "chat.example"))
        .isInstanceOf(OtherHomeserverException.class)
        .hasMessageContainingAll("Bailiff's own store", "a running Synapse (chat.example)");

    jdbi.useHandle(handle -> handle.execute("update jobs.homeserver set backend = 'synapse'"));
    assertThatThrownBy(() -> claim.require("store", null))
        .isInstanceOf(OtherHomeserverException.class);
    assertThat(row()).containsExactly("synapse -");
  }

  /** A release before the row made the tables of the own store, and wrote no row. */
  @Test
  void databaseWithTablesOfTheOwnStoreIsNotOfASynapse() {
    assertThatThrownBy(() -> claim.require("synapse", "chat.example"))
        .isInstanceOf(OtherHomeserverException.class);
    assertThat(row()).isEmpty();
  }

  @Test
  void aNameThatCannotBeAskedIsNotCompared() {
    claim.require("store", "chat.example");

    claim.requireIfKnown(
        "store",
        () -> {
          throw new IllegalStateException("the homeserver is away");
        });
    assertThatThrownBy(() -> claim.requireIfKnown("store", () -> Optional.of("other.example")))
        .isInstanceOf(OtherHomeserverException.class);
  }

  @Test
  void aDatabaseThatIsNotMigratedDoesNotStopAWorker() {
    var away = new HomeserverClaim(Jdbi.create("jdbc:postgresql://127.0.0.1:1/none"));

    assertThatCode(() -> away.requireIfKnown("store", Optional::empty)).doesNotThrowAnyException();
  }

  private List<String> row() {
    return jdbi.withHandle(
        handle ->
            handle
                .select("select backend || ' ' || coalesce(server_name, '-') from jobs.homeserver")
                .mapTo(String.class)
                .list());
  }
}
