package dev.bailiff.standalone;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.bailiff.gateway.GatewayConfig;
import dev.bailiff.homeserver.snapshot.ImportReport;
import dev.bailiff.standalone.stack.StoreAccess;
import dev.bailiff.standalone.terminal.ProgressDisplay;
import dev.bailiff.standalone.terminal.Terminal;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
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
      "May be repeated: the same snapshot leaves the same rows, and one that was interrupted goes on where it stopped.",
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
    try (StoreAccess store = StoreAccess.open(data.folder())) {
      return new SnapshotRun(store.database(), store.mediaFolder())
          .run(snapshot, serverName, display);
    }
  }

  private ImportReport intoCluster(Path file, @Nullable ProgressDisplay display) {
    GatewayConfig cluster = ConfigFile.gateway(file);
    String mediaFolder = cluster.mediaFolder();
    if (mediaFolder == null) {
      throw new CommandException(
          ExitCode.WRONG_USAGE,
          "the file " + file + " has no mediaFolder: name the one that the workers have");
    }
    return new SnapshotRun(cluster.database(), Path.of(mediaFolder))
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
            : String.format(Locale.ROOT, " (%,d missing in the snapshot)", report.missingFiles()));
  }

  private static String asJson(ImportReport report) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("server_name", report.serverName())
        .put("lines", report.lines())
        .put("resumed_behind", report.resumedBehind())
        .put("events", report.events())
        .put("media_files", report.mediaFiles())
        .put("missing_files", report.missingFiles())
        .toString();
  }
}
