package dev.bailiff.gateway;

import dev.bailiff.access.OperatorTokens;
import dev.bailiff.audit.AuditReader;
import dev.bailiff.gateway.admin.deactivation.DeactivationCalls;
import dev.bailiff.gateway.admin.history.HistoryCalls;
import dev.bailiff.gateway.admin.media.MediaDeletionCalls;
import dev.bailiff.gateway.admin.redaction.RedactionCalls;
import dev.bailiff.gateway.admin.roomdeletion.RoomDeletionCalls;
import dev.bailiff.gateway.admin.task.TaskCalls;
import dev.bailiff.gateway.audit.AuditCalls;
import dev.bailiff.gateway.auth.LocalServer;
import dev.bailiff.gateway.auth.LocalUsers;
import dev.bailiff.gateway.backend.Backend;
import dev.bailiff.gateway.backend.Lookups;
import dev.bailiff.gateway.backend.OtherTasks;
import dev.bailiff.gateway.docs.DocsCalls;
import dev.bailiff.gateway.health.DatabaseProbe;
import dev.bailiff.gateway.health.GatewayLoopsCheck;
import dev.bailiff.gateway.health.HealthResource;
import dev.bailiff.gateway.route.ApiModule;
import dev.bailiff.gateway.token.OpenJobs;
import dev.bailiff.gateway.token.TokenCalls;
import dev.bailiff.gateway.webhook.WebhookCalls;
import dev.bailiff.webhook.Webhooks;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Lists the calls of a gateway: heavy ones always, light ones where the backend serves them. */
record GatewayCalls(
    GatewayConfig config,
    Backend backend,
    Lookups lookups,
    LocalServer localServer,
    GatewayJobs jobs,
    OperatorTokens tokens,
    Webhooks webhooks,
    AuditReader audit,
    Clock clock) {

  List<Object> resources(DatabaseProbe probe, GatewayLoopsCheck loops) {
    var users = new LocalUsers(lookups.users(), localServer);
    var resources = new ArrayList<Object>();
    Stream.of(
            heavyCalls(users),
            backend.lightCalls(
                new Backend.LightCallParts(
                    localServer,
                    users,
                    jobs.submission(),
                    jobs.waits(),
                    jobs.store().parts(),
                    jobs.guard())),
            List.<ApiModule>of(
                jobs.ownCalls(clock),
                new TokenCalls(tokens, jobs.kindNames(), afterRevocation(), clock),
                new WebhookCalls(webhooks, config.webhooks().policy(), jobs.kindNames()),
                new AuditCalls(audit),
                new DocsCalls()))
        .flatMap(List::stream)
        .forEach(module -> resources.addAll(module.resources()));
    resources.add(
        new HealthResource(
            probe, jobs.kafka(), loops, backend::homeserverAnswers, jobs.waits()::isStopping));
    return resources;
  }

  private List<ApiModule> heavyCalls(LocalUsers users) {
    var store = jobs.store();
    var submission = jobs.submission();
    var waits = jobs.waits();
    var others = new OtherTasks(backend.foreignTasks(), store.parts());
    return List.of(
        new DeactivationCalls(users, submission, waits, store.parts()),
        new RedactionCalls(
            submission,
            store.reader(),
            store.parts(),
            config
                .compatibility()
                .redactStatusWord(config.homeserver().isOwnStore() ? "completed" : "complete")),
        new RoomDeletionCalls(lookups.rooms(), localServer, submission, waits, store, others),
        new HistoryCalls(lookups.history(), submission, store.reader()),
        new MediaDeletionCalls(users, localServer, submission, waits, store.parts()),
        new TaskCalls(store.tasks(), store.parts(), others));
  }

  private Consumer<String> afterRevocation() {
    return config.access().revokedTokensCancelJobs()
        ? new OpenJobs(jobs.store())::cancelOf
        : name -> {};
  }
}
