package dev.bailiff.standalone.fault.synapse;

import com.codahale.metrics.MetricRegistry;
import dev.bailiff.worker.Worker;
import dev.bailiff.worker.WorkerConfig;
import dev.bailiff.worker.WorkerHomeserver;
import dev.bailiff.worker.run.RunListener;
import io.dropwizard.configuration.FileConfigurationSourceProvider;
import io.dropwizard.configuration.YamlConfigurationFactory;
import io.dropwizard.jackson.Jackson;
import io.dropwizard.jersey.validation.Validators;
import java.nio.file.Path;
import java.util.List;

/**
 * The worker of production, but for the moments at which it dies as by {@code kill -9}. Arguments:
 * the worker's file, the folder of the markers, the moments ({@link Deaths}).
 */
public final class MortalWorker {
  private MortalWorker() {}

  public static void main(String[] args) throws Exception {
    var config =
        new YamlConfigurationFactory<>(
                WorkerConfig.class, Validators.newValidator(), Jackson.newObjectMapper(), "dw")
            .build(new FileConfigurationSourceProvider(), args[0]);
    var deaths = new Deaths(Path.of(args[1]), List.of(args).subList(2, args.length));
    var settings = config.settings();
    var worker =
        Worker.start(
            settings,
            jdbi ->
                deaths.in(
                    WorkerHomeserver.open(
                        config.homeserver(), settings.homeserverContext(jdbi, config.identity()))),
            new MetricRegistry(),
            RunListener.NONE);
    Runtime.getRuntime().addShutdownHook(new Thread(worker::close));
    Thread.currentThread().join();
  }
}
