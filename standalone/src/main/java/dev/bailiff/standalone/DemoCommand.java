package dev.bailiff.standalone;

import dev.bailiff.standalone.client.ApiAddress;
import dev.bailiff.standalone.client.ApiClient;
import dev.bailiff.standalone.stack.DataFolder;
import dev.bailiff.standalone.stack.RuntimeInfo;
import dev.bailiff.standalone.stack.Stack;
import dev.bailiff.standalone.stack.StackSettings;
import dev.bailiff.standalone.stack.StoreAccess;
import dev.bailiff.standalone.terminal.Terminal;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bailiff demo}. */
@Command(
    name = "demo",
    description = {
      "Shows Bailiff at work: starts everything, imports a community that was flooded with spam, cleans it up with one job of"
          + " each kind, checks the result, stops.",
      ""
    })
final class DemoCommand implements Callable<Integer> {
  private static final String HOME_PROPERTY = "bailiff.home";
  private static final int WORKERS = 2;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Keep the data in this folder (default: a temporary one, deleted at the end).")
  private @Nullable Path data;

  @Option(
      names = "--snapshot",
      paramLabel = "DIR",
      description = "The snapshot to import (default: examples/community).")
  private @Nullable Path snapshot;

  @Override
  public Integer call() throws IOException {
    Terminal terminal = Terminal.ofProcess();
    StandardOutput.claim();
    Path source = snapshot == null ? example() : snapshot;
    boolean temporary = data == null;
    Path folder = data == null ? temporaryFolder() : data;
    DataFolder dataFolder = DataFolder.at(folder);
    dataFolder.create();
    ServerLogging.toFile(dataFolder.log());
    boolean clean;
    try (Stack stack = new Stack(dataFolder, new StackSettings(0, WORKERS))) {
      Thread stop = new Thread(stack::close, "stop");
      Runtime.getRuntime().addShutdownHook(stop); // Ctrl-C
      clean = run(stack, dataFolder, source, terminal);
    }
    if (temporary && clean) {
      delete(folder);
    } else {
      terminal.out().println("The data and the log are in " + folder + ".");
    }
    return clean ? ExitCode.DONE : ExitCode.ENDED_BADLY;
  }

  private static boolean run(Stack stack, DataFolder folder, Path source, Terminal terminal) {
    PrintStream out = terminal.out();
    long began = System.nanoTime();
    out.println("Starting PostgreSQL, Kafka, a gateway and " + WORKERS + " workers ...");
    RuntimeInfo info = stack.start();
    String url = String.valueOf(info.url());
    out.printf(
        Locale.ROOT, "Serving at %s after %.1f s.%n", url, (System.nanoTime() - began) / 1e9);
    out.println("Importing " + source.getFileName() + " ...");
    try (StoreAccess store = StoreAccess.open(folder)) {
      new SnapshotRun(store.database(), store.mediaFolder(), true)
          .run(source, null, terminal.progress());
    }
    ApiClient api =
        new ApiClient(new ApiAddress(URI.create(url), folder.adminToken().orElseThrow()));
    List<String> problems = new DemoJobs(api, terminal).run();
    if (problems.isEmpty()) {
      out.println("Everything was done and verified.");
    }
    problems.forEach(problem -> out.println("NOT complete: " + problem));
    return problems.isEmpty();
  }

  private static Path example() {
    String home = System.getProperty(HOME_PROPERTY, ".");
    Path example = Path.of(home, "examples", "community");
    if (!Files.isDirectory(example)) {
      throw new CommandException(
          ExitCode.WRONG_USAGE, "there is no " + example + ": name a snapshot with --snapshot");
    }
    return example;
  }

  /** Others may pass through the folder, because PostgreSQL may run as another user. */
  private static Path temporaryFolder() throws IOException {
    Path folder = Files.createTempDirectory("bailiff-demo-");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
    return folder;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
