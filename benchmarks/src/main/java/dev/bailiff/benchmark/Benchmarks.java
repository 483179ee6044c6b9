package dev.bailiff.benchmark;

import dev.bailiff.benchmark.data.Scale;
import dev.bailiff.benchmark.data.Servers;
import dev.bailiff.benchmark.engine.Emergency;
import dev.bailiff.benchmark.engine.FairShare;
import dev.bailiff.benchmark.engine.IdleStack;
import dev.bailiff.benchmark.engine.ReadsBesideAPurge;
import dev.bailiff.benchmark.engine.Recovery;
import dev.bailiff.benchmark.engine.SegmentRoundTrips;
import dev.bailiff.benchmark.engine.SmallHeap;
import dev.bailiff.benchmark.engine.WorkerScaling;
import dev.bailiff.benchmark.http.DirectoryReads;
import dev.bailiff.benchmark.http.FollowedJobs;
import dev.bailiff.benchmark.http.JobHistoryReads;
import dev.bailiff.benchmark.http.JobSubmissions;
import dev.bailiff.benchmark.http.StatusReads;
import dev.bailiff.benchmark.http.TargetCounts;
import dev.bailiff.benchmark.http.TargetUploadRow;
import dev.bailiff.benchmark.kind.MassDeactivation;
import dev.bailiff.benchmark.kind.MediaRemoval;
import dev.bailiff.benchmark.kind.RoomPurgeRow;
import dev.bailiff.benchmark.kind.SenderRedaction;
import dev.bailiff.benchmark.kind.SingleDeactivations;
import dev.bailiff.benchmark.live.SynapseOnDemand;
import dev.bailiff.benchmark.measure.Machine;
import dev.bailiff.benchmark.measure.Measurement;
import dev.bailiff.benchmark.row.Bench;
import dev.bailiff.benchmark.row.Comparison;
import dev.bailiff.benchmark.row.Row;
import dev.bailiff.benchmark.synapse.SynapseRows;
import dev.bailiff.embedded.EmbeddedServerException;
import dev.bailiff.text.FixedLocale;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bailiff bench}: measures Bailiff's claims beside their baselines and prints a table. */
@Command(
    name = "bailiff bench",
    description = {
      "Measures what Bailiff claims, each row beside its baseline on the same servers.",
      "Figures mean something only on a machine that does nothing else."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:everything asked for was measured, whether or not it reached its bound",
      "1:a measurement ended badly",
      "2:wrong usage",
      "5:a server did not start, for example Synapse because there is no Python"
    })
public final class Benchmarks implements Callable<Integer> {
  /** The code of {@code bailiff} itself for servers that do not start. */
  static final int NOT_STARTED = 5;

  private static final String HOME_PROPERTY = "bailiff.home";

  /** Logback reads this property when the first logger is made. */
  private static final String LOGGING = "logback.configurationFile";

  private static final List<Row> OWN_ROWS =
      List.of(
          new Comparison(new RoomPurgeRow()),
          new Comparison(new SenderRedaction()),
          new Comparison(new MassDeactivation()),
          new Comparison(new MediaRemoval()),
          new SegmentRoundTrips(),
          new SingleDeactivations(),
          new JobSubmissions(),
          new TargetUploadRow(),
          new TargetCounts(),
          new StatusReads(),
          new FollowedJobs(),
          new WorkerScaling(),
          new Emergency(),
          new FairShare(),
          new ReadsBesideAPurge(),
          new Recovery(),
          new IdleStack(),
          new SmallHeap(),
          new DirectoryReads(),
          new JobHistoryReads());

  private static final List<Row> ROWS =
      Stream.concat(OWN_ROWS.stream(), SynapseRows.list().stream()).toList();

  @Option(
      names = "--only",
      split = ",",
      paramLabel = "ROW",
      completionCandidates = RowNames.class,
      description =
          "Rows to measure, in the order of the table: ${COMPLETION-CANDIDATES}. May be repeated. '"
              + SynapseRows.ALL
              + "' names all rows that need a real Synapse. Default: all other rows.")
  private List<String> only = new ArrayList<>();

  @Option(
      names = "--events",
      paramLabel = "N",
      defaultValue = "" + Scale.FULL,
      description =
          "Events of the room that is purged; the size of every row follows. Default:"
              + " ${DEFAULT-VALUE}.")
  private long events;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "3",
      description = "Rounds of each pair; the median counts. Default: ${DEFAULT-VALUE}.")
  private int rounds;

  @Option(
      names = "--python-environment",
      paramLabel = "DIR",
      description =
          "Installs Synapse into this folder, once for all runs (default:"
              + " target/synapse-environment, which the tests use too).")
  private @Nullable Path environment;

  @Option(names = "--json", paramLabel = "FILE", description = "Writes every round to this file.")
  private @Nullable Path json;

  private final PrintStream out;

  private Benchmarks(PrintStream out) {
    this.out = out;
  }

  /** Writes the table to standard output; the output of libraries goes to standard error. */
  public static void main(String[] args) {
    FixedLocale.set();
    if (System.getProperty(LOGGING) == null) {
      System.setProperty(LOGGING, "logback-bench.xml");
    }
    PrintStream out = System.out;
    System.setOut(System.err);
    System.exit(command(out).execute(args));
  }

  /** The command, which writes its table to the stream. */
  static CommandLine command(PrintStream out) {
    return new CommandLine(new Benchmarks(out))
        .setUsageHelpAutoWidth(true)
        .setExecutionExceptionHandler(Benchmarks::ended);
  }

  /** A server that does not start is one sentence for the person at the terminal. */
  private static int ended(Exception failure, CommandLine command, CommandLine.ParseResult parsed)
      throws Exception {
    if (failure instanceof EmbeddedServerException) {
      command.getErr().println("bailiff: " + failure.getMessage());
      command.getErr().flush();
      return NOT_STARTED;
    }
    throw failure;
  }

  @Override
  public Integer call() throws Exception {
    if (!unknown().isEmpty()) {
      System.err.println("there is no row " + String.join(", ", unknown()));
      return CommandLine.ExitCode.USAGE;
    }
    var scale = new Scale(events);
    var chosen = chosen();
    var machine = Machine.now(Instant.now());
    List<Measurement> measurements = new ArrayList<>();
    try (Servers servers = new Servers(Files.createTempDirectory("bailiff-bench-"), scale);
        SynapseOnDemand synapse = new SynapseOnDemand(servers, environment())) {
      // Also after Ctrl-C no servers and no gigabytes of data stay behind.
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    synapse.close();
                    servers.close();
                  },
                  "clean-up"));
      servers.start();
      var bench = new Bench(servers, synapse, scale, rounds, System.err);
      for (Row row : chosen) {
        bench.printLine("%s ...", row.name());
        measurements.addAll(row.measure(bench));
        if (json != null) {
          // Written after each row, so that a failure of a later row loses no measurement.
          ResultFile.write(json, scale, machine, measurements);
        }
      }
    }
    ResultTable.lines(measurements).forEach(out::println);
    return 0;
  }

  private Path environment() {
    return environment != null
        ? environment
        : Path.of(System.getProperty(HOME_PROPERTY, "."), "target", "synapse-environment");
  }

  private List<Row> chosen() {
    return only.isEmpty() ? OWN_ROWS : ROWS.stream().filter(this::isChosen).toList();
  }

  private boolean isChosen(Row row) {
    return only.contains(row.name()) || (only.contains(SynapseRows.ALL) && SynapseRows.has(row));
  }

  private List<String> unknown() {
    return only.stream()
        .filter(name -> !name.equals(SynapseRows.ALL))
        .filter(name -> ROWS.stream().noneMatch(row -> row.name().equals(name)))
        .toList();
  }

  /** The names of all rows, for the help. */
  private static final class RowNames implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Stream.concat(ROWS.stream().map(Row::name), Stream.of(SynapseRows.ALL)).iterator();
    }
  }
}
