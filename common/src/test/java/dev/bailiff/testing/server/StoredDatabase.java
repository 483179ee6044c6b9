package dev.bailiff.testing.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Objects;
import org.jdbi.v3.core.Jdbi;

/** Databases that are stored as SQL beside this class, as earlier releases left them. */
public final class StoredDatabase {

  private StoredDatabase() {}

  /** Makes the stored database in an empty one. */
  public static void load(String name, Jdbi jdbi) {
    try (var stored = StoredDatabase.class.getResourceAsStream(name);
        var handle = jdbi.open();
        var statement = handle.getConnection().createStatement()) {
      var sql = Objects.requireNonNull(stored, name).readAllBytes();
      statement.execute(new String(sql, StandardCharsets.UTF_8));
    } catch (IOException | SQLException e) {
      throw new IllegalStateException("cannot make the stored database " + name, e);
    }
  }
}
