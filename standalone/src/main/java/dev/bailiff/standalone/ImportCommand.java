package dev.bailiff.standalone;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.bailiff.gateway.GatewayConfig;
import dev.bailiff.homeserver.store.snapshot.ImportReport;
import dev.bailiff.standalone.stack.DataFolder;
import dev.bailiff.standalone.stack.RuntimeInfo;
import dev.bailiff.standalone.stack.StoreAccess;
import dev.bailiff.standalone.terminal.ProgressDisplay;
import dev.bailiff.standalone.terminal.Terminal;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bailiff import}. */
@Command(
    name = "import",
    description = {
      "Imports a snapshot of a homeserver into the store of a data folder, whether 'bailiff up' runs on it or not, or into the"
          + " database and media folder that a gateway's file names.",
      "",
      "May be repeated: the same snapshot leaves the same rows, and one that was interrupted goes on where it stopped. What"
          + " Bailiff changed or deleted since the first import is left alone, and counted.",
      ""
    })
final class ImportCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "SNAPSHOT",
      description = "Folder with records.ndjson or records.ndjson.gz.")
  private Path snapshot = Path.of("");

  @Mixin private DataOption data = new DataOption();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Settings of a cluster of your own, such as config/gateway.yml.")
  private @Nullable Path config;

  @Option(
      names = "--server-name",
      paramLabel = "NAME",
      description = "Refuse a snapshot of another homeserver than this.")
  private @Nullable String serverName;

  @Option(
      names = "--overwrite",
      description =
          "Take the snapshot's word for everything: closed accounts, deleted rooms and locks become what they were there.")
  private boolean overwrite;

  @Option(names = "--json", description = "Print what was imported as JSON, and no progress.")
  private boolean json;

  @Override
  public Integer call() {
    Terminal terminal = Terminal.ofProcess();
    StandardOutput.claim();
    ProgressDisplay display = json ? null : terminal.progress();
    ImportReport report = config == null ? intoDataFolder(display) : intoCluster(config, display);
    terminal.out().println(json ? asJson(report) : asText(report));
    return ExitCode.DONE;
  }

  private ImportReport intoDataFolder(@Nullable ProgressDisplay display) {
    DataFolder folder = data.folder();
    folder.create();
    folder
        .runtime()
        .map(RuntimeInfo::synapse)
        .ifPresent(synapse -> refuse(folder, synapse.url().toString()));
    try (StoreAccess store = StoreAccess.open(folder)) {
      return new SnapshotRun(store.database(), store.mediaFolder(), overwrite)
          .run(snapshot, serverName, display);
    }
  }

  private static void refuse(DataFolder folder, String synapse) {
    throw new CommandException(
        ExitCode.WRONG_USAGE,
        "nothing can be imported into "
            + folder.path()
            + ": its jobs act on the Synapse at "
            + synapse
            + ", so name another folder by --data");
  }

  private ImportReport intoCluster(Path file, @Nullable ProgressDisplay display) {
    GatewayConfig cluster = ConfigFile.gateway(file);
    String mediaFolder = cluster.mediaFolder();
    if (mediaFolder == null) {
      throw new CommandException(
          ExitCode.WRONG_USAGE,
          "the file " + file + " has no mediaFolder: name the one that the workers have");
    }
    return new SnapshotRun(cluster.database(), Path.of(mediaFolder), overwrite)
        .run(snapshot, serverName, display);
  }

  private static String asText(ImportReport report) {
    return String.format(
            Locale.ROOT,
            "imported %s: %,d events, %,d media files%s",
            report.serverName(),
            report.events(),
            report.mediaFiles(),
            report.missingFiles() == 0
                ? ""
                : String.format(
                    Locale.ROOT, " (%,d missing in the snapshot)", report.missingFiles()))
        + (report.shortFiles() == 0
            ? ""
            : String.format(
                Locale.ROOT,
                "\nshorter than their records say, so they were cut on the way into the snapshot: %,d"
                    + " media files",
                report.shortFiles()))
        + leftAlone(report)
        + setAside(report);
  }

  private static String leftAlone(ImportReport report) {
    return report.leftAlone().isEmpty()
        ? ""
        : report.leftAlone().entrySet().stream()
            .map(kind -> String.format(Locale.ROOT, "%s %,d", kind.getKey(), kind.getValue()))
            .collect(
                Collectors.joining(
                    ", ",
                    "\nleft alone, as Bailiff changed or deleted it since the first import: ",
                    " (--overwrite takes the snapshot's word)"));
  }

  private static String setAside(ImportReport report) {
    return report.setAside() == 0
        ? ""
        : report.firstSetAside().stream()
            .map(record -> "\n  line " + record.line() + ": " + record.reason())
            .collect(
                Collectors.joining(
                    "",
                    String.format(
                        Locale.ROOT,
                        "\nset aside, as their ids cannot be stored: %,d",
                        report.setAside()),
                    report.setAside() > report.firstSetAside().size() ? "\n  …" : ""));
  }

  private static String asJson(ImportReport report) {
    var json =
        JsonNodeFactory.instance
            .objectNode()
            .put("server_name", report.serverName())
            .put("lines", report.lines())
            .put("resumed_behind", report.resumedBehind())
            .put("events", report.events())
            .put("media_files", report.mediaFiles())
            .put("missing_files", report.missingFiles())
            .put("short_files", report.shortFiles());
    var left = json.putObject("left_alone");
    report.leftAlone().forEach(left::put);
    json.put("set_aside", report.setAside());
    var first = json.putArray("first_set_aside");
    report
        .firstSetAside()
        .forEach(
            record -> first.addObject().put("line", record.line()).put("reason", record.reason()));
    return json.toString();
  }
}
