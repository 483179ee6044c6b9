package dev.bailiff.testing.server;

import dev.bailiff.embedded.EmbeddedPostgresServer;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A fresh database on a real PostgreSQL.
 *
 * <pre>{@code
 * @RegisterExtension static final PostgresExtension postgres = PostgresExtension.migrated();
 * }</pre>
 *
 * <p>In a static field the database lives for the class, in an instance field for one test. The
 * server is started with the first database and shared by all classes of the JVM. A database is
 * dropped at the end, even while connections to it are open.
 */
public final class PostgresExtension
    implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {
  private final Function<String, TestDatabase> source;
  private @Nullable TestDatabase database;
  private boolean ofClass;

  private PostgresExtension(Function<String, TestDatabase> source) {
    this.source = source;
  }

  /** A database with every migration of {@code schemas} applied. */
  public static PostgresExtension migrated() {
    return new PostgresExtension(DatabaseTemplate::migrated);
  }

  /**
   * A migrated database with some content.
   *
   * @param template name of the content, which is made once for this JVM and copied after that
   */
  public static PostgresExtension filled(String template, Consumer<Jdbi> content) {
    return new PostgresExtension(label -> DatabaseTemplate.filled(label, template, content));
  }

  /** An empty database, for tests of the migrations themselves. */
  public static PostgresExtension empty() {
    return new PostgresExtension(DatabaseTemplate::empty);
  }

  /** One more migrated database, for tests that need two; the caller closes it. */
  public static TestDatabase anotherMigrated(String label) {
    return DatabaseTemplate.migrated(label);
  }

  /**
   * A server for this test alone, which the test may stop and start again. It is not started yet;
   * the caller closes it.
   */
  public static EmbeddedPostgresServer privateServer() {
    return TestServers.privatePostgres();
  }

  public TestDatabase database() {
    TestDatabase current = database;
    if (current == null) {
      throw new IllegalStateException("there is a database only while a test runs");
    }
    return current;
  }

  /** A pool of up to 20 connections to the database. */
  public DataSource dataSource() {
    return database().dataSource();
  }

  public String jdbcUrl() {
    return database().jdbcUrl();
  }

  public String user() {
    return database().user();
  }

  public String password() {
    return database().password();
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    open(context.getRequiredTestClass());
  }

  /**
   * Makes the database for a class that JUnit Jupiter does not run; the caller closes this object.
   */
  public void open(Class<?> user) {
    ofClass = true;
    database = source.apply(user.getSimpleName());
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    if (!ofClass) {
      database = source.apply(context.getRequiredTestClass().getSimpleName());
    }
  }

  @Override
  public void afterEach(ExtensionContext context) {
    if (!ofClass) {
      drop();
    }
  }

  @Override
  public void afterAll(ExtensionContext context) {
    close();
  }

  /** Drops the database of a class. */
  public void close() {
    drop();
  }

  private void drop() {
    if (database != null) {
      database.close();
      database = null;
    }
  }
}
