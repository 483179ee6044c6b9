package dev.bailiff.worker.run;

import dev.bailiff.job.store.JobStore;
import dev.bailiff.kafka.CommandPublisher;
import dev.bailiff.worker.kind.WorkerKinds;
import java.util.random.RandomGenerator;

/**
 * The parts that the runners of a worker need.
 *
 * @param owner names the worker in leases
 * @param jitter randomizes the waits between attempts; used by all threads
 */
public record RunnerDependencies(
    String owner,
    JobStore store,
    WorkerKinds kinds,
    CommandPublisher publisher,
    ProgressPublisher progress,
    RunConfig config,
    RunListener listener,
    RandomGenerator jitter) {}
