package dev.bailiff.standalone;

import dev.bailiff.standalone.stack.DataFolder;
import dev.bailiff.standalone.stack.JoinedWorker;
import dev.bailiff.standalone.stack.RuntimeInfo;
import dev.bailiff.worker.WorkerApplication;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bailiff worker}. */
@Command(
    name = "worker",
    description = {
      "Works jobs: joins what 'bailiff up' started on this machine, or a cluster of your own by --config.",
      "",
      "While what it joined is away it waits, and goes on when that is back. Any number may run. SIGTERM lets it end or give back what it holds, within 10 seconds; a killed one costs nothing but"
          + " its last half second of work.",
      ""
    })
final class WorkerCommand implements Callable<Integer> {
  @Mixin private DataOption data = new DataOption();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Settings for PostgreSQL and Kafka of your own, such as config/worker.yml.")
  private @Nullable Path config;

  @Override
  public Integer call() throws Exception {
    if (config != null) {
      new WorkerApplication().run("server", ConfigFile.existing(config));
    } else {
      join(data.folder()).awaitEnd();
    }
    Thread.currentThread().join(); // until a signal ends the process
    return ExitCode.DONE;
  }

  private static JoinedWorker join(DataFolder folder) {
    PrintStream out = StandardOutput.claim();
    RuntimeInfo info =
        folder
            .runtime()
            .filter(RuntimeInfo::isUp)
            .orElseThrow(
                () ->
                    new CommandException(
                        ExitCode.NO_ANSWER,
                        "nothing is up in "
                            + folder.path()
                            + ": start it with 'bailiff up --data'"));
    ServerLogging.toStandardError();
    JoinedWorker worker = JoinedWorker.start(folder, info);
    Runtime.getRuntime().addShutdownHook(new Thread(worker::close, "stop"));
    out.println("ready worker " + ProcessHandle.current().pid());
    out.flush();
    return worker;
  }
}
