package dev.bailiff.gateway;

import dev.bailiff.access.OperatorTokens;
import dev.bailiff.admin.AdminPort;
import dev.bailiff.database.Database;
import dev.bailiff.gateway.admin.deactivation.DeactivationCalls;
import dev.bailiff.gateway.admin.history.HistoryCalls;
import dev.bailiff.gateway.admin.media.MediaDeletionCalls;
import dev.bailiff.gateway.admin.redaction.RedactionCalls;
import dev.bailiff.gateway.admin.roomdeletion.RoomDeletionCalls;
import dev.bailiff.gateway.admin.server.ServerCalls;
import dev.bailiff.gateway.admin.task.TaskCalls;
import dev.bailiff.gateway.auth.AuthenticationFilter;
import dev.bailiff.gateway.auth.Authenticator;
import dev.bailiff.gateway.auth.CallBinder;
import dev.bailiff.gateway.auth.Identity;
import dev.bailiff.gateway.auth.LocalUsers;
import dev.bailiff.gateway.docs.DocsCalls;
import dev.bailiff.gateway.duty.BacklogGauges;
import dev.bailiff.gateway.duty.EventThread;
import dev.bailiff.gateway.duty.KafkaReadiness;
import dev.bailiff.gateway.duty.StoreUpkeep;
import dev.bailiff.gateway.health.DatabaseProbe;
import dev.bailiff.gateway.health.HealthResource;
import dev.bailiff.gateway.health.LoopsCheck;
import dev.bailiff.gateway.job.JobCalls;
import dev.bailiff.gateway.job.submit.ApiSubmission;
import dev.bailiff.gateway.job.submit.JobSubmission;
import dev.bailiff.gateway.job.submit.MeantMedia;
import dev.bailiff.gateway.job.submit.ParameterSchemas;
import dev.bailiff.gateway.job.wait.JobWaits;
import dev.bailiff.gateway.metric.PrometheusExport;
import dev.bailiff.gateway.metric.PublishedCommands;
import dev.bailiff.gateway.metric.SlowClientsEnded;
import dev.bailiff.gateway.metric.WaitingCalls;
import dev.bailiff.gateway.route.ApiModule;
import dev.bailiff.gateway.server.HttpServerSetup;
import dev.bailiff.gateway.server.SlowClients;
import dev.bailiff.gateway.server.ThreadsPerAddress;
import dev.bailiff.homeserver.store.PostgresHomeserver;
import dev.bailiff.homeserver.store.ServerName;
import dev.bailiff.homeserver.store.account.Accounts;
import dev.bailiff.homeserver.store.batch.StoreTimeouts;
import dev.bailiff.homeserver.store.history.RoomHistory;
import dev.bailiff.homeserver.store.identity.HttpIdentityServers;
import dev.bailiff.homeserver.store.media.LocalMedia;
import dev.bailiff.homeserver.store.room.RoomSummaries;
import dev.bailiff.homeserver.store.room.Rooms;
import dev.bailiff.homeserver.store.session.AccessTokens;
import dev.bailiff.job.KindContracts;
import dev.bailiff.job.store.JobStore;
import dev.bailiff.kafka.CommandPublisher;
import dev.bailiff.kafka.JobEventListener;
import dev.bailiff.kafka.KafkaPublisher;
import dev.bailiff.kafka.KafkaSetup;
import dev.bailiff.text.FixedLocale;
import io.dropwizard.configuration.EnvironmentVariableSubstitutor;
import io.dropwizard.configuration.SubstitutingSourceProvider;
import io.dropwizard.core.Application;
import io.dropwizard.core.setup.Bootstrap;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.lifecycle.AutoCloseableManager;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.jetty.util.component.LifeCycle;
import org.jdbi.v3.core.statement.SqlStatements;

/**
 * The process that serves HTTP. Any number of them may run; they share nothing but the database and
 * Kafka.
 */
public class GatewayApplication extends Application<GatewayConfig> {
  private static final int STATEMENT_SECONDS = 10;

  /** {@code server gateway.yml}. */
  public static void main(String[] args) throws Exception {
    FixedLocale.set();
    new GatewayApplication().run(args);
  }

  @Override
  public String getName() {
    return "bailiff-gateway";
  }

  @Override
  public void initialize(Bootstrap<GatewayConfig> bootstrap) {
    bootstrap.setConfigurationSourceProvider(
        new SubstitutingSourceProvider(
            bootstrap.getConfigurationSourceProvider(), new EnvironmentVariableSubstitutor(true)));
  }

  /**
   * What publishes commands after their commit. A test that breaks rule 4 on purpose gives another
   * one.
   *
   * @param toKafka the one of production
   */
  protected CommandPublisher publisher(CommandPublisher toKafka) {
    return toKafka;
  }

  /** Resources beside those of the API. A measurement gives one that answers without the store. */
  protected List<Object> furtherResources() {
    return List.of();
  }

  @Override
  public void run(GatewayConfig config, Environment environment) {
    AdminPort.guard(config.getServerFactory(), environment, config.admin());
    var clock = Clock.systemUTC();
    var kinds = KindContracts.load();
    var registry = PrometheusExport.install(environment);

    var database = Database.openForCallers(config.database(), "gateway");
    environment.lifecycle().manage(new AutoCloseableManager(database));
    database.migrate();
    var databaseProbe = new DatabaseProbe(database.dataSource());
    environment.healthChecks().register("database", databaseProbe);
    var jdbi = database.jdbi();
    // Below the socket's time-out, so that the server does not go on with what nobody waits for.
    jdbi.getConfig(SqlStatements.class).setQueryTimeout(STATEMENT_SECONDS);
    var store = JobStore.on(jdbi, config.leases());
    var accounts = new Accounts(jdbi);
    var rooms = new Rooms(jdbi);
    var summaries = new RoomSummaries(jdbi);
    var upkeep = new StoreUpkeep(jdbi, summaries);
    environment.lifecycle().manage(upkeep);
    var media = new LocalMedia(jdbi);
    var accessTokens = new AccessTokens(jdbi);
    var identityServers = HttpIdentityServers.of(config.identity());
    environment.lifecycle().manage(new AutoCloseableManager(identityServers));
    var homeserver = new PostgresHomeserver(jdbi, StoreTimeouts.defaults(), identityServers);
    var identity = new Identity(new ServerName(jdbi), config.actingUser());

    var kafkaReadiness =
        new KafkaReadiness(new KafkaSetup(config.kafka(), kinds.names()), kinds.names());
    environment.lifecycle().manage(kafkaReadiness);
    var toKafka = new KafkaPublisher(config.kafka());
    environment.lifecycle().manage(new AutoCloseableManager(toKafka));
    new BacklogGauges(store.reader(), kinds, System::nanoTime).show(registry);

    var waits = new JobWaits(store.reader(), config.waiting());
    environment.lifecycle().manage(waits);
    WaitingCalls.show(waits::size, registry);
    var events = new EventThread(new JobEventListener(config.kafka(), waits::onEvent));
    environment.lifecycle().manage(events);
    var loops = new LoopsCheck(List.of(events::complaint, waits::complaint, upkeep::complaint));
    environment.healthChecks().register("loops", loops);
    environment.lifecycle().addEventListener(drainAtStop(waits));

    var submission =
        new JobSubmission(
            kinds,
            store.acceptance(),
            publisher(new PublishedCommands(toKafka, registry)),
            homeserver.redaction()::redactableRooms,
            new MeantMedia(media),
            identity);
    var apiSubmission =
        new ApiSubmission(
            kinds,
            new ParameterSchemas(kinds),
            submission,
            identity,
            clock,
            new ApiSubmission.Bounds(config.limits().submission(), config.limits().submissions()));
    var users = new LocalUsers(accounts, identity);
    environment.jersey().register(new CallBinder());
    environment
        .jersey()
        .register(
            new AuthenticationFilter(
                new Authenticator(accessTokens, new OperatorTokens(jdbi), identity),
                config.limits().body(),
                config.limits().bodies()));
    HttpServerSetup.apply(
        config.getServerFactory(),
        environment,
        new SlowClients(
            config.limits().headTime().toJavaDuration(),
            config.limits().replyTime().toJavaDuration(),
            new SlowClientsEnded(registry)),
        new ThreadsPerAddress(config.limits().threadsPerAddress()),
        resources(
            List.of(
                new DeactivationCalls(users, submission, waits, store.reader()),
                new RedactionCalls(
                    submission, store.reader(), config.compatibility().redactStatusWord()),
                new RoomDeletionCalls(rooms, identity, submission, waits, store.reader()),
                new HistoryCalls(new RoomHistory(jdbi), submission, store.reader()),
                new MediaDeletionCalls(users, identity, media, submission, waits, store.reader()),
                new TaskCalls(store.tasks(), store.reader()),
                new ServerCalls(),
                new JobCalls(apiSubmission, store, clock),
                new DocsCalls(),
                () ->
                    List.of(
                        new HealthResource(
                            databaseProbe, kafkaReadiness, loops, waits::isStopping))),
            new OwnStoreCalls(
                    config,
                    jdbi,
                    clock,
                    identity,
                    accounts,
                    users,
                    summaries,
                    identityServers,
                    submission,
                    waits)
                .modules()));
  }

  private List<Object> resources(List<ApiModule> always, List<ApiModule> ofOwnStore) {
    return Stream.of(always, ofOwnStore, List.<ApiModule>of(this::furtherResources))
        .flatMap(List::stream)
        .map(ApiModule::resources)
        .flatMap(List::stream)
        .toList();
  }

  /** Waiting calls get their replies before Jetty begins to stop: it would wait for them. */
  private static LifeCycle.Listener drainAtStop(JobWaits waits) {
    return new LifeCycle.Listener() {
      @Override
      public void lifeCycleStopping(LifeCycle server) {
        waits.drain();
      }
    };
  }
}
