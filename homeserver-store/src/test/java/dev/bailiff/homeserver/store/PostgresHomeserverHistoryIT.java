package dev.bailiff.homeserver.store;

import dev.bailiff.database.Database;
import dev.bailiff.homeserver.Homeserver;
import dev.bailiff.homeserver.store.batch.StoreTimeouts;
import dev.bailiff.homeserver.store.identity.IdentityServers;
import dev.bailiff.testing.homeserver.Community;
import dev.bailiff.testing.homeserver.HomeserverHistoryContract;
import dev.bailiff.testing.server.PostgresExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The own store keeps the contract of history. */
class PostgresHomeserverHistoryIT extends HomeserverHistoryContract {
  @RegisterExtension final PostgresExtension postgres = Community.database();

  private Homeserver homeserver;

  @BeforeEach
  void open() {
    homeserver =
        new PostgresHomeserver(
            Database.jdbi(postgres.dataSource()), StoreTimeouts.defaults(), IdentityServers.none());
  }

  @Override
  protected Homeserver homeserver() {
    return homeserver;
  }
}
