package dev.bailiff.benchmark.row;

import dev.bailiff.benchmark.data.Dataset;
import dev.bailiff.benchmark.data.RoundFixture;
import dev.bailiff.benchmark.data.Scale;
import dev.bailiff.benchmark.measure.Bound;
import dev.bailiff.job.JobRequest;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Work that Bailiff claims to do about as fast as plain SQL. The job and the baseline leave the
 * same rows behind; {@link #traces} shows that they do.
 */
public interface SqlComparison {

  /** Name on the command line and in JSON. */
  String name();

  /** The work in words, for the table. */
  String work(Scale scale);

  /** The number of items (events, users, media) in the work. */
  long items(Scale scale);

  /** The bound that the row must reach. */
  Bound bound();

  /** The data at the begin of each side of each round. */
  Dataset dataset();

  /** Adds data outside the dataset, such as files, before each side of each round. */
  public default void furnish(RoundFixture ground) throws IOException, SQLException {}

  /** The job for the real work. */
  JobRequest job(Scale scale);

  /** A small job of the same kind, on other data than the real work. */
  JobRequest warmUpJob(Scale scale);

  /**
   * Does the real work in plain SQL: one set-based statement for each table, inside the transaction
   * that is open on the connection.
   */
  void baseline(RoundFixture ground) throws IOException, SQLException;

  /** Runs the same statements on the data of {@link #warmUpJob}. */
  void warmUpBaseline(RoundFixture ground) throws IOException, SQLException;

  /** Named counts that must be equal after the job and after the baseline. */
  List<String> traces(Connection connection) throws SQLException;
}
