package dev.bailiff.benchmark;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bailiff bench}: measures claims beside their baselines and prints a table. */
@Command(
    name = "bailiff bench",
    description = {
      "Measures what Bailiff claims, each claim beside the same work in plain SQL on the same server.",
      "Figures mean something only on a machine that does nothing else."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:everything asked for was measured, whether or not it reached its bound",
      "1:a measurement ended badly",
      "2:wrong usage"
    })
public final class Benchmarks implements Callable<Integer> {
  /** Read by Logback when the first logger is made. */
  private static final String LOGGING = "logback.configurationFile";

  private static final List<Claim> CLAIMS = List.of(new RoomPurge(), new SenderRedaction());

  @Parameters(
      arity = "0..*",
      paramLabel = "NAME",
      description = "Claims to measure: purge, redact. Default: all.")
  private List<String> names = new ArrayList<>();

  @Option(
      names = "--events",
      paramLabel = "N",
      defaultValue = "" + Scale.FULL,
      description =
          "Events of the room that is purged; all else follows. Default: ${DEFAULT-VALUE}.")
  private long events;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "3",
      description = "Rounds of each pair; the median counts. Default: ${DEFAULT-VALUE}.")
  private int rounds;

  @Option(names = "--json", paramLabel = "FILE", description = "Writes every round to this file.")
  private @Nullable Path json;

  private final PrintStream out;

  private Benchmarks(PrintStream out) {
    this.out = out;
  }

  /** What libraries print goes to standard error; the table goes to standard output. */
  public static void main(String[] args) {
    if (System.getProperty(LOGGING) == null) {
      System.setProperty(LOGGING, "logback-bench.xml");
    }
    PrintStream out = System.out;
    System.setOut(System.err);
    System.exit(new CommandLine(new Benchmarks(out)).setUsageHelpAutoWidth(true).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    var scale = new Scale(events);
    var chosen = chosen();
    var machine = Machine.now(Instant.now());
    List<Measurement> measurements = new ArrayList<>();
    try (Servers servers = new Servers(Files.createTempDirectory("bailiff-bench-"))) {
      // Also after Ctrl-C neither servers nor gigabytes stay behind.
      Runtime.getRuntime().addShutdownHook(new Thread(servers::close, "clean-up"));
      servers.start();
      System.err.printf("generating %,d events ...%n", scale.roomEvents() + scale.otherEvents());
      servers.fillTemplate(scale);
      for (Claim claim : chosen) {
        measurements.add(new Comparison(servers, scale, rounds, System.err).measure(claim));
      }
    }
    ResultTable.lines(measurements).forEach(out::println);
    if (json != null) {
      ResultFile.write(json, scale, machine, measurements);
    }
    return 0;
  }

  private List<Claim> chosen() {
    if (names.isEmpty()) {
      return CLAIMS;
    }
    return names.stream().map(Benchmarks::claim).toList();
  }

  private static Claim claim(String name) {
    return CLAIMS.stream()
        .filter(claim -> claim.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there is no claim " + name));
  }
}
