package dev.bailiff.worker;

import com.codahale.metrics.health.HealthCheck;
import dev.bailiff.admin.AdminPort;
import dev.bailiff.admin.ServerApplication;
import dev.bailiff.homeserver.Homeserver;
import dev.bailiff.homeserver.IdentityConfig;
import dev.bailiff.homeserver.store.StoreHomeserverFactory;
import dev.bailiff.worker.run.RunListener;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.lifecycle.Managed;
import io.prometheus.metrics.exporter.servlet.jakarta.PrometheusMetricsServlet;
import io.prometheus.metrics.instrumentation.dropwizard.DropwizardExports;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import org.jdbi.v3.core.Jdbi;

/** A worker process. It has no application port; the admin port serves health and metrics. */
public final class WorkerApplication extends ServerApplication<WorkerConfig> {

  @Override
  public String getName() {
    return "bailiff-worker";
  }

  @Override
  public void run(WorkerConfig config, Environment environment) {
    AdminPort.guard(config.getServerFactory(), environment, config.admin());
    // The application port, if the configuration has one, serves nothing.
    environment.jersey().disable();
    var registry = new PrometheusRegistry();
    DropwizardExports.builder().dropwizardRegistry(environment.metrics()).register(registry);
    environment
        .admin()
        .addServlet("prometheus", new PrometheusMetricsServlet(registry))
        .addMapping("/metrics");
    var settings = config.settings();
    var worker =
        Worker.start(
            settings,
            jdbi ->
                WorkerHomeserver.open(
                    config.homeserver(), settings.homeserverContext(jdbi, config.identity())),
            environment.metrics(),
            RunListener.NONE);
    environment
        .healthChecks()
        .register("postgresql", new QuestionHealthCheck(() -> ping(worker.database().jdbi())));
    environment.healthChecks().register("kafka", new QuestionHealthCheck(worker::isKafkaHealthy));
    environment.healthChecks().register("loops", new WorkerLoopsCheck(worker));
    environment
        .lifecycle()
        .manage(
            new Managed() {
              @Override
              public void stop() {
                worker.close();
              }
            });
  }

  /** The homeserver on our own PostgreSQL and media folder, without identity servers. */
  public static Homeserver ownStore(Jdbi jdbi, WorkerSettings settings) {
    return new StoreHomeserverFactory()
        .build(settings.homeserverContext(jdbi, IdentityConfig.defaults()));
  }

  private static boolean ping(Jdbi jdbi) {
    return jdbi.withHandle(handle -> handle.createQuery("select 1").mapTo(Integer.class).one())
        == 1;
  }

  /** Healthy if the answer to a question is yes. */
  private static final class QuestionHealthCheck extends HealthCheck {
    private final java.util.function.BooleanSupplier question;

    QuestionHealthCheck(java.util.function.BooleanSupplier question) {
      this.question = question;
    }

    @Override
    protected Result check() {
      return question.getAsBoolean() ? Result.healthy() : Result.unhealthy("no answer");
    }
  }
}
