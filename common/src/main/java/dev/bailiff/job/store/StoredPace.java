package dev.bailiff.job.store;

import dev.bailiff.homeserver.batch.JobPace;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The column {@code jobs.job.pace}. */
final class StoredPace {
  private StoredPace() {}

  /** The pace of a row; null if the job has no wish. */
  static @Nullable JobPace read(ResultSet row) throws SQLException {
    var word = row.getString("pace");
    return word == null ? null : JobPace.of(word).orElse(null);
  }

  /** The word that is stored. */
  static @Nullable String word(@Nullable JobPace pace) {
    return pace == null ? null : pace.word();
  }
}
