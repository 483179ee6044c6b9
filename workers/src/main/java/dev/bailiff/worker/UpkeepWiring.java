package dev.bailiff.worker;

import com.codahale.metrics.MetricRegistry;
import dev.bailiff.audit.AuditChain;
import dev.bailiff.job.store.DutyTerms;
import dev.bailiff.job.store.WorkerRegister;
import dev.bailiff.worker.consume.Slots;
import dev.bailiff.worker.maintain.AuditKeeper;
import dev.bailiff.worker.maintain.ClockWatch;
import dev.bailiff.worker.maintain.CommandRepublisher;
import dev.bailiff.worker.maintain.Duties;
import dev.bailiff.worker.maintain.JobPruner;
import dev.bailiff.worker.maintain.JobSettler;
import dev.bailiff.worker.maintain.SegmentRescuer;
import dev.bailiff.worker.maintain.Upkeep;
import dev.bailiff.worker.maintain.WorkerPresence;
import dev.bailiff.worker.maintain.WorkerSightings;
import dev.bailiff.worker.webhook.WebhookDeliveries;
import java.util.concurrent.atomic.LongAdder;

/**
 * Makes the threads beside the slots of a worker. They do the duties, which make up for workers
 * that died.
 */
record UpkeepWiring(
    WorkerSettings settings,
    WorkerConnections connections,
    TransitionLoop transitions,
    WebhookDeliveries webhooks,
    WorkerRegister.Entry entry,
    LongAdder items,
    MetricRegistry metrics) {

  /** The upkeep of a worker with these slots. The upkeep starts the slots when Kafka answers. */
  Upkeep upkeep(Slots slots) {
    return new Upkeep(
        new Upkeep.Parts(
            settings.kafka(),
            connections.setup(),
            settings.name(),
            new DutyTerms(connections.database().jdbi(), settings.leases(), settings.name()),
            duties(),
            new JobPruner(connections.store().pruning(), settings.retention()),
            webhooks::prune,
            new WorkerSightings(
                connections.setup(), connections.store().workers(), connections.kinds().names()),
            new AuditKeeper(
                new AuditChain(connections.database().jdbi()),
                head -> connections.publisher().publishHead(head.json()),
                System::nanoTime),
            new WorkerPresence(connections.store().workers(), entry, items, System::nanoTime)),
        slots::startMissing,
        slots::rebuild);
  }

  private Duties duties() {
    var store = connections.store();
    var publisher = connections.publisher();
    return new Duties(
        new CommandRepublisher(store.upkeep(), publisher, metrics),
        new SegmentRescuer(store.upkeep(), metrics),
        new JobSettler(store, connections.kinds(), publisher),
        new ClockWatch(store.upkeep()),
        transitions::publishNow,
        webhooks::deliverNow,
        store.upkeep());
  }
}
