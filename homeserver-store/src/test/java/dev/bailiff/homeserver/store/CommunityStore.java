package dev.bailiff.homeserver.store;

import dev.bailiff.database.Database;
import dev.bailiff.homeserver.store.batch.StoreTimeouts;
import dev.bailiff.homeserver.store.identity.IdentityServers;
import dev.bailiff.testing.homeserver.Community;
import dev.bailiff.testing.server.PostgresExtension;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A fresh store with the example community, and access to its rows. */
public abstract class CommunityStore {
  protected static final String ADMIN = Community.user("admin");
  protected static final String JOB = "job-1";

  /** Room version 12; 19 joined local members, one invited, an alias. */
  protected static final String ROOM = "!wWS9O4S3anwSgSeE3lphH8yj7YaFN3yhcFp52dQw-pA";

  @RegisterExtension final PostgresExtension postgres = Community.database();

  protected Jdbi jdbi;
  protected PostgresHomeserver homeserver;

  @BeforeEach
  protected void open() {
    jdbi = Database.jdbi(postgres.dataSource());
    homeserver = new PostgresHomeserver(jdbi, StoreTimeouts.defaults(), IdentityServers.none());
  }

  protected long count(String fromWhere, Object... arguments) {
    return Long.parseLong(text("select count(*) from " + fromWhere, arguments));
  }

  /** The first column of the one row. */
  protected String text(String sql, Object... arguments) {
    return texts(sql, arguments).stream()
        .reduce(
            (a, b) -> {
              throw new AssertionError(sql);
            })
        .orElseThrow();
  }

  protected List<String> texts(String sql, Object... arguments) {
    return jdbi.withHandle(
        handle -> {
          var query = handle.createQuery(sql);
          for (int i = 0; i < arguments.length; i++) {
            query.bind(i, arguments[i]);
          }
          return query.mapTo(String.class).list();
        });
  }

  protected int execute(String sql, Object... arguments) {
    return jdbi.withHandle(handle -> handle.execute(sql, arguments));
  }
}
