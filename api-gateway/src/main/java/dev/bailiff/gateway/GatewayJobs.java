package dev.bailiff.gateway;

import dev.bailiff.access.TokenRevocations;
import dev.bailiff.database.Database;
import dev.bailiff.gateway.auth.LocalServer;
import dev.bailiff.gateway.auth.hold.HeldTokens;
import dev.bailiff.gateway.backend.Lookups;
import dev.bailiff.gateway.duty.BacklogGauges;
import dev.bailiff.gateway.duty.EventThread;
import dev.bailiff.gateway.duty.KafkaReadiness;
import dev.bailiff.gateway.duty.RevocationThread;
import dev.bailiff.gateway.guard.ForcedJobs;
import dev.bailiff.gateway.guard.Guard;
import dev.bailiff.gateway.job.JobCalls;
import dev.bailiff.gateway.job.PlanResource;
import dev.bailiff.gateway.job.TargetsResource;
import dev.bailiff.gateway.job.approval.ApprovalPolicy;
import dev.bailiff.gateway.job.approval.ApprovalResource;
import dev.bailiff.gateway.job.approval.Approvers;
import dev.bailiff.gateway.job.follow.Following;
import dev.bailiff.gateway.job.follow.JobFeed;
import dev.bailiff.gateway.job.kind.KindAcceptances;
import dev.bailiff.gateway.job.receipt.Receipts;
import dev.bailiff.gateway.job.submit.ApiSubmission;
import dev.bailiff.gateway.job.submit.Filters;
import dev.bailiff.gateway.job.submit.JobRepetition;
import dev.bailiff.gateway.job.submit.JobSubmission;
import dev.bailiff.gateway.job.submit.ParameterSchemas;
import dev.bailiff.gateway.job.submit.PlanChanges;
import dev.bailiff.gateway.job.submit.PlanRun;
import dev.bailiff.gateway.job.upload.MediaTargets;
import dev.bailiff.gateway.job.upload.UploadPlaces;
import dev.bailiff.gateway.job.wait.JobWaits;
import dev.bailiff.gateway.limit.SubmissionLimits;
import dev.bailiff.gateway.metric.FollowingCalls;
import dev.bailiff.gateway.metric.PublishedCommands;
import dev.bailiff.gateway.metric.WaitingCalls;
import dev.bailiff.homeserver.counting.CountingPort;
import dev.bailiff.job.JobKind;
import dev.bailiff.job.KindContracts;
import dev.bailiff.job.store.JobStore;
import dev.bailiff.kafka.CommandPublisher;
import dev.bailiff.kafka.JobEventListener;
import dev.bailiff.kafka.KafkaPublisher;
import dev.bailiff.kafka.KafkaSetup;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.lifecycle.AutoCloseableManager;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.eclipse.jetty.util.component.LifeCycle;

/** The jobs of a gateway: how they are accepted, published and waited for. */
final class GatewayJobs {
  /** Below the connector's usual idle time-out. */
  private static final Duration UPLOAD_WAIT = Duration.ofSeconds(20);

  private final JobStore store;
  private final KindContracts kinds;
  private final CommandPublisher commands;
  private final KafkaReadiness kafka;
  private final JobWaits waits;
  private final EventThread events;
  private final RevocationThread revocations;
  private final JobFeed feed;
  private final Following following;
  private final GatewayConfig config;
  private final JobSubmission submission;
  private final ApiSubmission apiSubmission;
  private final Filters filters;
  private final LocalServer localServer;
  private final CountingPort counting;
  private final Guard guard;
  private final Approvers approvers;

  /**
   * Wires the parts. Registers those that must start and stop with the environment.
   *
   * @param publisher wraps the publisher to Kafka
   */
  GatewayJobs(
      GatewayConfig config,
      JobStore store,
      Lookups lookups,
      LocalServer localServer,
      Guard guard,
      SubmissionLimits limits,
      Approvers approvers,
      UnaryOperator<CommandPublisher> publisher,
      Environment environment,
      PrometheusRegistry registry,
      Clock clock) {
    this.store = store;
    this.localServer = localServer;
    this.guard = guard;
    this.approvers = approvers;
    this.kinds = KindContracts.load();
    this.kafka = new KafkaReadiness(new KafkaSetup(config.kafka(), kinds.names()), kinds.names());
    environment.lifecycle().manage(kafka);
    var toKafka = new KafkaPublisher(config.kafka());
    environment.lifecycle().manage(new AutoCloseableManager(toKafka));
    new BacklogGauges(store.backlog(), kinds, System::nanoTime).show(registry);

    this.config = config;
    var tokens = new HeldTokens();
    this.revocations =
        new RevocationThread(
            new TokenRevocations(
                Database.unpooled(config.database(), "revocations"), tokens::ids, tokens::revoked));
    environment.lifecycle().manage(revocations);
    this.waits = new JobWaits(store.reader(), tokens, config.waiting());
    environment.lifecycle().manage(waits);
    WaitingCalls.show(waits::size, registry);
    this.feed = new JobFeed(store.reader(), store.transitions(), config.follow());
    environment.lifecycle().manage(feed);
    this.following =
        new Following(
            store.reader(),
            store.transitions(),
            feed,
            tokens,
            config.follow(),
            config.limits().replyTime().toJavaDuration());
    FollowingCalls.show(following::open, registry);
    this.events =
        new EventThread(
            new JobEventListener(
                config.kafka(),
                event -> {
                  waits.onEvent(event);
                  feed.onEvent(event);
                }));
    environment.lifecycle().manage(events);
    environment.lifecycle().addEventListener(drainAtStop(feed, waits));

    this.commands = publisher.apply(new PublishedCommands(toKafka, registry));
    var admission = new KindAcceptances(kinds, lookups, localServer);
    this.submission =
        new JobSubmission(
            kinds,
            store.acceptance(),
            commands,
            admission,
            localServer,
            guard,
            limits,
            new ApprovalPolicy(
                config.approvals(),
                approvers,
                store.acceptance(),
                lookups.counting(),
                lookups.selection()));
    this.filters = new Filters(lookups.selection(), clock);
    this.counting = lookups.counting();
    this.apiSubmission =
        new ApiSubmission(
            kinds,
            new ParameterSchemas(kinds),
            submission,
            admission,
            filters,
            store.uploads(),
            bounds(config, lookups),
            guard);
  }

  private static ApiSubmission.Bounds bounds(GatewayConfig config, Lookups lookups) {
    var limits = config.limits();
    int places = Math.min(limits.uploads(), config.database().maxPoolSize() / 2);
    return new ApiSubmission.Bounds(
        limits.submission(),
        limits.submissions(),
        limits.targets(),
        new UploadPlaces(places, UPLOAD_WAIT),
        new MediaTargets(lookups.serverName(), lookups.media().deletesCopies()));
  }

  /**
   * Ends streams and answers waiting calls before Jetty begins to stop: Jetty would wait for these
   * calls.
   */
  private static LifeCycle.Listener drainAtStop(JobFeed feed, JobWaits waits) {
    return new LifeCycle.Listener() {
      @Override
      public void lifeCycleStopping(LifeCycle server) {
        feed.drain();
        waits.drain();
      }
    };
  }

  Collection<String> kindNames() {
    return kinds.names().stream().map(JobKind::name).toList();
  }

  JobStore store() {
    return store;
  }

  KafkaReadiness kafka() {
    return kafka;
  }

  JobWaits waits() {
    return waits;
  }

  /** The faults of the loops that jobs need. */
  List<Supplier<Optional<String>>> complaints() {
    return List.of(events::complaint, waits::complaint, feed::complaint, revocations::complaint);
  }

  JobSubmission submission() {
    return submission;
  }

  /** The guard rails of calls. */
  Guard guard() {
    return guard;
  }

  /** Bailiff's own calls for jobs. */
  JobCalls ownCalls(Clock clock) {
    var forced = new ForcedJobs(store.targets());
    return new JobCalls(
        apiSubmission,
        new JobRepetition(kinds, submission, store.changes(), forced, clock),
        store,
        commands,
        new TargetsResource(kinds, filters),
        new Receipts(store, localServer::serverName, clock),
        new PlanResource(
            store.reader(),
            store.plans(),
            new PlanRun(
                kinds,
                submission,
                store.plans(),
                new PlanChanges(kinds, counting, filters, store.plans(), store.targets()),
                forced,
                clock)),
        new ApprovalResource(store, approvers, commands),
        following,
        kindNames(),
        config.waiting().longest().toJavaDuration(),
        clock);
  }
}
