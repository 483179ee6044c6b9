package dev.bailiff.homeserver.store;

import dev.bailiff.database.Database;
import dev.bailiff.homeserver.Homeserver;
import dev.bailiff.homeserver.store.batch.StoreTimeouts;
import dev.bailiff.homeserver.store.identity.IdentityServers;
import dev.bailiff.homeserver.store.media.LocalMediaFiles;
import dev.bailiff.testing.homeserver.Community;
import dev.bailiff.testing.homeserver.HomeserverContract;
import dev.bailiff.testing.server.PostgresExtension;
import java.nio.file.Path;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The own store keeps the contract. */
class PostgresHomeserverIT extends HomeserverContract {
  @RegisterExtension final PostgresExtension postgres = Community.database();

  @TempDir Path mediaFolder;
  private Homeserver homeserver;

  @BeforeEach
  void open() {
    Jdbi jdbi = Database.jdbi(postgres.dataSource());
    homeserver =
        new PostgresHomeserver(
            jdbi,
            StoreTimeouts.defaults(),
            IdentityServers.none(),
            new LocalMediaFiles(mediaFolder));
  }

  @Override
  protected Homeserver homeserver() {
    return homeserver;
  }
}
