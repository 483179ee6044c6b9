package dev.bailiff.standalone;

import dev.bailiff.gateway.job.approval.ApprovalConfig;
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
import java.util.ArrayList;
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
      "With --synapse the community is on a real Synapse, which is installed, filled, and killed in the middle; that needs Python"
          + " 3.10 or later.",
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

  @Option(
      names = "--synapse",
      description = "Works on a real Synapse of the demo's own instead of an imported snapshot.")
  private boolean onSynapse;

  @Option(
      names = "--python-environment",
      paramLabel = "DIR",
      description =
          "Installs Synapse into this folder, once for all demos (default: below --data).")
  private @Nullable Path environment;

  @Override
  public Integer call() throws IOException {
    Terminal terminal = Terminal.ofProcess();
    StandardOutput.claim();
    if (onSynapse && snapshot != null) {
      throw new CommandException(
          ExitCode.WRONG_USAGE,
          "--snapshot is imported into Bailiff's own store, not into a Synapse");
    }
    Path source = onSynapse ? null : snapshot == null ? example() : snapshot;
    boolean temporary = data == null;
    Path folder = data == null ? temporaryFolder() : data;
    DataFolder dataFolder = DataFolder.at(folder);
    dataFolder.create();
    ServerLogging.toFile(dataFolder.log());
    boolean clean =
        source == null
            ? runOnSynapse(dataFolder, folder, terminal)
            : runOnStore(dataFolder, source, terminal);
    if (temporary && clean) {
      delete(folder);
    } else {
      terminal.out().println("The data and the log are in " + folder + ".");
    }
    return clean ? ExitCode.DONE : ExitCode.ENDED_BADLY;
  }

  private static boolean runOnStore(DataFolder folder, Path source, Terminal terminal) {
    try (Stack stack =
        new Stack(folder, new StackSettings(0, WORKERS).approving(DemoApproval.POLICY))) {
      Runtime.getRuntime().addShutdownHook(new Thread(stack::close, "stop")); // Ctrl-C
      String url = start(stack, terminal.out());
      terminal.out().println("Importing " + source.getFileName() + " ...");
      try (StoreAccess store = StoreAccess.open(folder)) {
        new SnapshotRun(store.database(), store.mediaFolder(), true)
            .run(source, null, terminal.progress());
        ApiClient api = client(url, folder.adminToken().orElseThrow());
        List<String> problems =
            new ArrayList<>(new DemoJobs(api, api, terminal, true).run(() -> {}));
        problems.addAll(new DemoApproval(api, token -> client(url, token), terminal).run());
        problems.addAll(new DemoAudit(store.database(), terminal).run());
        return report(problems, terminal.out());
      }
    }
  }

  private boolean runOnSynapse(DataFolder folder, Path root, Terminal terminal) throws IOException {
    PrintStream out = terminal.out();
    out.println(
        "Starting a real Synapse; the first time it is installed, which takes a minute ...");
    Path python = environment == null ? root.resolve("python") : environment;
    try (DemoSynapse synapse = DemoSynapse.start(root, folder.binaries(), python)) {
      Runtime.getRuntime().addShutdownHook(new Thread(synapse::close, "stop Synapse")); // Ctrl-C
      out.println("Filling it: " + new DemoFlood(synapse.server()).fill());
      StackSettings settings =
          new StackSettings(0, WORKERS)
              .approving(ApprovalConfig.OFF)
              .inFrontOf(synapse.info(), DemoSynapse.SERVER_NAME);
      try (Stack stack = new Stack(folder, settings)) {
        Runtime.getRuntime().addShutdownHook(new Thread(stack::close, "stop")); // Ctrl-C
        String url = start(stack, out);
        DemoJobs jobs =
            new DemoJobs(
                client(url, folder.adminToken().orElseThrow()),
                client(url, synapse.adminToken()),
                terminal,
                false);
        Runnable kill =
            () -> {
              out.println("Killing Synapse in the middle, and starting it again ...");
              synapse.killAndRestart();
            };
        return report(jobs.run(kill), out);
      }
    }
  }

  private static String start(Stack stack, PrintStream out) {
    long began = System.nanoTime();
    out.println("Starting PostgreSQL, Kafka, a gateway and " + WORKERS + " workers ...");
    RuntimeInfo info = stack.start();
    String url = String.valueOf(info.url());
    out.printf(
        Locale.ROOT, "Serving at %s after %.1f s.%n", url, (System.nanoTime() - began) / 1e9);
    return url;
  }

  private static ApiClient client(String url, String token) {
    return new ApiClient(new ApiAddress(URI.create(url), token));
  }

  private static boolean report(List<String> problems, PrintStream out) {
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
