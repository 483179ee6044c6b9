package dev.bailiff.job.store;

import dev.bailiff.homeserver.batch.PaceWish;
import dev.bailiff.job.Holder;
import dev.bailiff.job.JobId;
import dev.bailiff.job.JobKind;
import dev.bailiff.job.Lease;
import dev.bailiff.job.Segment;
import dev.bailiff.job.SegmentKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;

/** Reads the rows that statements return which take a lease. */
final class LeasedSegment {
  private LeasedSegment() {}

  /** The segment of a row, leased by this holder. */
  static Segment read(ResultSet row, SegmentKey key, Holder holder) throws SQLException {
    var facts =
        new Segment.JobFacts(
            key.job(),
            new JobKind(row.getString("kind")),
            StoredJson.tree(row.getString("parameters")),
            row.getString("requester"),
            row.getString("acting_user"),
            row.getString("reason"),
            row.getInt("target_count"),
            StoredTime.read(row, "accepted_at"),
            new PaceWish(StoredPace.read(row), row.getLong("items_before")),
            row.getObject("max_rate", Integer.class),
            row.getBoolean("second_try"));
    return new Segment(
        new Lease(key, holder, row.getInt("epoch"), row.getInt("attempts")),
        row.getString("stage"),
        facts,
        row.getString("range"),
        row.getString("checkpoint"),
        row.getLong("total"));
  }

  /** The key of the segment of a row. */
  static SegmentKey key(ResultSet row) throws SQLException {
    return new SegmentKey(
        new JobId(row.getObject("job_id", UUID.class)),
        row.getInt("stage_n"),
        row.getInt("segment_n"));
  }
}
