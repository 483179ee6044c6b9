package dev.bailiff.gateway;

import dev.bailiff.access.OperatorTokens;
import dev.bailiff.access.TokenUses;
import dev.bailiff.admin.AdminPort;
import dev.bailiff.admin.ServerApplication;
import dev.bailiff.audit.AuditReader;
import dev.bailiff.gateway.audit.AuditFilter;
import dev.bailiff.gateway.audit.PassedCallsAudit;
import dev.bailiff.gateway.auth.AuthenticationFilter;
import dev.bailiff.gateway.auth.CallBinder;
import dev.bailiff.gateway.auth.LocalServer;
import dev.bailiff.gateway.auth.rights.AdminRights;
import dev.bailiff.gateway.backend.Backend;
import dev.bailiff.gateway.docs.OpenApiDocument;
import dev.bailiff.gateway.guard.Guard;
import dev.bailiff.gateway.health.GatewayLoopsCheck;
import dev.bailiff.gateway.job.approval.Approvers;
import dev.bailiff.gateway.job.approval.OtherAdmins;
import dev.bailiff.gateway.limit.SubmissionLimits;
import dev.bailiff.gateway.metric.PassedCalls;
import dev.bailiff.gateway.metric.PrometheusExport;
import dev.bailiff.gateway.metric.SlowClientsEnded;
import dev.bailiff.gateway.proxy.PassThrough;
import dev.bailiff.gateway.route.ScopedRoutes;
import dev.bailiff.gateway.server.HttpServerSetup;
import dev.bailiff.gateway.server.SlowClients;
import dev.bailiff.gateway.server.ThreadsPerAddress;
import dev.bailiff.gateway.synapse.SynapseBackend;
import dev.bailiff.homeserver.guard.AdminTurns;
import dev.bailiff.homeserver.synapse.SynapseHomeserverFactory;
import dev.bailiff.job.store.HomeserverClaim;
import dev.bailiff.job.store.JobStore;
import dev.bailiff.kafka.CommandPublisher;
import dev.bailiff.webhook.Webhooks;
import io.dropwizard.core.setup.Environment;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/**
 * The process that serves HTTP. Any number of gateways may run. They share only the database and
 * Kafka.
 */
public class GatewayApplication extends ServerApplication<GatewayConfig> {
  @Override
  public String getName() {
    return "bailiff-gateway";
  }

  /**
   * The publisher of commands after their commit. A test that breaks rule 4 on purpose returns
   * another publisher.
   *
   * @param toKafka the publisher of production
   */
  protected CommandPublisher publisher(CommandPublisher toKafka) {
    return toKafka;
  }

  /** Resources besides those of the API. A benchmark adds one that answers without the store. */
  protected List<Object> furtherResources() {
    return List.of();
  }

  private static Backend backend(GatewayConfig config, Jdbi jdbi, Clock clock) {
    return config.homeserver() instanceof SynapseHomeserverFactory synapse
        ? new SynapseBackend(synapse, config.passThrough(), new HomeserverClaim(jdbi))
        : new OwnStore(config, jdbi, clock);
  }

  @Override
  public void run(GatewayConfig config, Environment environment) {
    AdminPort.guard(config.getServerFactory(), environment, config.admin());
    var clock = Clock.systemUTC();
    var registry = PrometheusExport.install(environment);
    var database = new GatewayDatabase(config.database(), config.homeserver(), environment);
    var backend = backend(config, database.jdbi(), clock);
    environment.lifecycle().manage(backend);
    var lookups = backend.lookups();
    database.requireServer(lookups.serverName());
    var localServer =
        new LocalServer(lookups.serverName(), config.actingUser(), backend::serviceAccount);
    var store = JobStore.on(database.jdbi(), config.leases());
    var guard = new Guard(config.guard(), lookups.guard(), AdminTurns.of(database.jdbi()));
    var operatorTokens = new OperatorTokens(database.jdbi());
    var approvers =
        new Approvers(
            operatorTokens, config.access().admins() ? backend.otherAdmins() : OtherAdmins.NONE);
    var jobs =
        new GatewayJobs(
            config,
            store,
            lookups,
            localServer,
            guard,
            new SubmissionLimits(new TokenUses(database.jdbi())),
            approvers,
            this::publisher,
            environment,
            registry,
            clock);
    var complaints = new ArrayList<>(jobs.complaints());
    complaints.add(backend::complaint);
    var loops = new GatewayLoopsCheck(complaints);
    environment.healthChecks().register("loops", loops);
    environment.jersey().register(new CallBinder());
    var authenticator = backend.authenticator(operatorTokens, localServer);
    environment.jersey().register(new AuditFilter(database.jdbi()));
    environment
        .jersey()
        .register(
            new AuthenticationFilter(
                authenticator,
                config.limits().body(),
                config.limits().bodies(),
                new AdminRights(config.access().admins(), config.access().adminsMakeTokens())));
    var calls =
        new GatewayCalls(
                config,
                backend,
                lookups,
                localServer,
                jobs,
                operatorTokens,
                new Webhooks(database.jdbi()),
                new AuditReader(database.jdbi()),
                clock)
            .resources(database.probe(), loops);
    calls.addAll(furtherResources());
    HttpServerSetup.apply(
        config.getServerFactory(),
        environment,
        new SlowClients(
            config.limits().headTime().toJavaDuration(),
            config.limits().replyTime().toJavaDuration(),
            new SlowClientsEnded(registry)),
        new ThreadsPerAddress(config.limits().threadsPerAddress()),
        backend
            .upstream()
            .map(
                upstream ->
                    new PassThrough(
                        upstream,
                        backend.ownTokens(operatorTokens, localServer),
                        backend.passedGuard(guard, authenticator),
                        new PassedCallsAudit(
                            database.jdbi(),
                            authenticator,
                            () -> ScopedRoutes.of(OpenApiDocument.read())),
                        new PassedCalls(registry))),
        calls);
  }
}
