package dev.bailiff.job.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Columns of type {@code timestamptz}. */
final class StoredTime {
  private StoredTime() {}

  /** The time of a column that is never null. */
  static Instant read(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  /** The time of a column that may be null. */
  static @Nullable Instant readNullable(ResultSet row, String column) throws SQLException {
    var value = row.getObject(column, OffsetDateTime.class);
    return value == null ? null : value.toInstant();
  }

  /** A time to bind to a statement. */
  static @Nullable OffsetDateTime of(@Nullable Instant time) {
    return time == null ? null : time.atOffset(ZoneOffset.UTC);
  }
}
