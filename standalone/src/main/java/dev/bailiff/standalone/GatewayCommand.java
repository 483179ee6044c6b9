package dev.bailiff.standalone;

import dev.bailiff.gateway.GatewayApplication;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bailiff gateway}. */
@Command(
    name = "gateway",
    description = {
      "Serves the HTTP API on PostgreSQL and Kafka of your own.",
      "",
      "Any number may run behind a load balancer. SIGTERM answers the calls that wait and ends within 10 seconds.",
      ""
    })
final class GatewayCommand implements Callable<Integer> {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      required = true,
      description = "Settings, such as config/gateway.yml.")
  private Path config = Path.of("");

  @Override
  public Integer call() throws Exception {
    new GatewayApplication().run("server", ConfigFile.existing(config));
    Thread.currentThread().join(); // until a signal ends the process
    return ExitCode.DONE;
  }
}
