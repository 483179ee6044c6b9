package dev.bailiff.benchmark.row;

import dev.bailiff.benchmark.measure.Bound;
import dev.bailiff.benchmark.data.Scale;
import dev.bailiff.benchmark.data.Dataset;
import dev.bailiff.benchmark.data.RoundFixture;
import dev.bailiff.job.JobRequest;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Work that Bailiff claims to do about as fast as plain SQL does it. The job and the baseline leave
 * the same rows behind; {@link #traces} shows it.
 */
public interface SqlComparison {

  /** Name on the command line and in JSON. */
  String name();

  /** What is done, in words, for the table. */
  String work(Scale scale);

  /** How many items (events, users, media) are done. */
  long items(Scale scale);

  /** What must be reached. */
  Bound bound();

  /** What is there before. */
  Dataset dataset();

  /** What else must be there before each side of each round. */
  public default void furnish(RoundFixture ground) throws IOException, SQLException {}

  /** The job for the real work. */
  JobRequest job(Scale scale);

  /** A small job of the same kind, beside the real work. */
  JobRequest warmUpJob(Scale scale);

  /**
   * The real work in plain SQL: one set-based statement for each table, inside the transaction that
   * is open on the connection.
   */
  void baseline(RoundFixture ground) throws IOException, SQLException;

  /** The same statements on what {@link #warmUpJob} acts on. */
  void warmUpBaseline(RoundFixture ground) throws IOException, SQLException;

  /** Counts that are equal after the job and after the baseline, each with its name. */
  List<String> traces(Connection connection) throws SQLException;
}
