package dev.bailiff.job.store;

import dev.bailiff.job.Progress;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The counters of a stage or segment, in columns of the same names. */
final class StoredProgress {
  private StoredProgress() {}

  static Progress read(ResultSet row) throws SQLException {
    return new Progress(
        row.getLong("total"), row.getLong("done"), row.getLong("failed"), row.getLong("skipped"));
  }
}
