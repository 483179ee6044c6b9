package dev.bailiff.testing;

import dev.bailiff.database.Database;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Makes databases: empty ones, and copies of one that was migrated once for this JVM (about 50 ms
 * each).
 */
final class DatabaseTemplate {
  private static final String MIGRATED = "bailiff_template";
  private static final AtomicInteger NEXT = new AtomicInteger(1);

  private static final String COMMUNITY = "bailiff_community";

  private static boolean ready;
  private static boolean communityReady;

  private DatabaseTemplate() {}

  static TestDatabase empty(String label) {
    return create(label, "template0");
  }

  static TestDatabase migrated(String label) {
    prepare();
    return create(label, MIGRATED);
  }

  /** Migrated, and with the records of the example community. */
  static TestDatabase community(String label) {
    prepareCommunity();
    return create(label, COMMUNITY);
  }

  private static TestDatabase create(String label, String template) {
    PostgresAddress server = TestServers.postgres();
    String name = "test_" + NEXT.getAndIncrement() + "_" + identifier(label);
    synchronized (
        DatabaseTemplate.class) { // two copies of one template at a time disturb each other
      server.execute("create database \"" + name + "\" template " + template);
    }
    return new TestDatabase(server, name);
  }

  private static synchronized void prepare() {
    if (ready) {
      return;
    }
    PostgresAddress server = TestServers.postgres();
    server.execute("create database " + MIGRATED + " template template0");
    // As the processes do it, so that what starts on a copy finds its own history.
    Database.migrate(dataSource(server, MIGRATED));
    server.execute("alter database " + MIGRATED + " is_template true allow_connections false");
    ready = true;
  }

  private static synchronized void prepareCommunity() {
    if (communityReady) {
      return;
    }
    prepare();
    PostgresAddress server = TestServers.postgres();
    server.execute("create database " + COMMUNITY + " template " + MIGRATED);
    Community.importInto(Database.jdbi(dataSource(server, COMMUNITY)));
    server.execute("alter database " + COMMUNITY + " is_template true allow_connections false");
    communityReady = true;
  }

  private static DataSource dataSource(PostgresAddress server, String database) {
    PGSimpleDataSource dataSource = new PGSimpleDataSource();
    dataSource.setUrl(server.jdbcUrl(database));
    dataSource.setUser(server.user());
    dataSource.setPassword(server.password());
    return dataSource;
  }

  /**
   * Letters, digits and underscores, short enough for PostgreSQL's 63 bytes with what stands
   * before.
   */
  private static String identifier(String label) {
    String plain = label.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]", "_");
    return plain.substring(0, Math.min(plain.length(), 40));
  }
}
