package dev.bailiff.job.store;

import dev.bailiff.job.PublishableCommand;
import dev.bailiff.schemas.command.SegmentCommand;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;

/** Reads the rows that statements return which let segments be published. */
final class CommandRow {
  private CommandRow() {}

  /** The command of the segment of a row. */
  static PublishableCommand read(ResultSet row) throws SQLException {
    return new PublishableCommand(
        new SegmentCommand(
            SegmentCommand.VERSION,
            row.getObject("job_id", UUID.class),
            row.getString("kind"),
            row.getInt("stage_n"),
            row.getInt("segment_n"),
            row.getInt("epoch"),
            null),
        row.getBoolean("express"));
  }
}
