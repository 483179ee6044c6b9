package dev.bailiff.testing.server;

import dev.bailiff.database.Database;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Makes databases: empty ones, and copies of a template that is migrated once for this JVM (about
 * 50 ms each).
 */
final class DatabaseTemplate {
  private static final String MIGRATED = "bailiff_template";
  private static final AtomicInteger NEXT = new AtomicInteger(1);

  private static final Set<String> FILLED = new HashSet<>();

  private static boolean ready;

  private DatabaseTemplate() {}

  static TestDatabase empty(String label) {
    return create(label, "template0");
  }

  static TestDatabase migrated(String label) {
    prepare();
    return create(label, MIGRATED);
  }

  /** A migrated database with content that is made once for each template's name. */
  static TestDatabase filled(String label, String template, Consumer<Jdbi> content) {
    String name = "bailiff_" + template;
    prepare(name, content);
    return create(label, name);
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
    // The template is migrated as the processes do it, so that a process started on a copy finds
    // its own migration history.
    Database.migrate(dataSource(server, MIGRATED));
    server.execute("alter database " + MIGRATED + " is_template true allow_connections false");
    ready = true;
  }

  private static synchronized void prepare(String name, Consumer<Jdbi> content) {
    if (FILLED.contains(name)) {
      return;
    }
    prepare();
    PostgresAddress server = TestServers.postgres();
    server.execute("create database " + name + " template " + MIGRATED);
    content.accept(Database.jdbi(dataSource(server, name)));
    server.execute("alter database " + name + " is_template true allow_connections false");
    FILLED.add(name);
  }

  private static DataSource dataSource(PostgresAddress server, String database) {
    PGSimpleDataSource dataSource = new PGSimpleDataSource();
    dataSource.setUrl(server.jdbcUrl(database));
    dataSource.setUser(server.user());
    dataSource.setPassword(server.password());
    return dataSource;
  }

  /**
   * Letters, digits and underscores, short enough to stay within PostgreSQL's 63 bytes together
   * with the prefix.
   */
  private static String identifier(String label) {
    String plain = label.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]", "_");
    return plain.substring(0, Math.min(plain.length(), 40));
  }
}
