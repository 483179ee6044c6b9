package dev.bailiff.job.store;

import org.jdbi.v3.core.Jdbi;

/**
 * The transactions of the schema {@code jobs}, by the moments of a job's life.
 *
 * @param acceptance a request becomes a job
 * @param leases a worker takes a segment, records batches, ends it or gives it back
 * @param takeover another worker takes over the command of a dead worker
 * @param groups leases of several segments at once
 * @param settlement stages are opened, jobs are ended or cancelled
 * @param upkeep steps are repeated that a process died before doing
 * @param pruning jobs are deleted some time after their end
 * @param targets stages read their job's targets
 * @param reader the status of jobs
 * @param lists lists of jobs
 * @param parts lists of one job: its targets, segments and failures
 * @param backlog the work that waits, by kind
 * @param tasks jobs of some kinds, oldest first
 */
public record JobStore(
    JobAcceptance acceptance,
    SegmentLeases leases,
    OpenedStageLeases takeover,
    GroupLeases groups,
    JobSettlement settlement,
    JobUpkeep upkeep,
    JobPruning pruning,
    JobTargets targets,
    JobReader reader,
    JobListReader lists,
    JobPartReader parts,
    BacklogReader backlog,
    TaskReader tasks) {

  /** The store on one database. {@code jdbi} comes from {@link dev.bailiff.database.Database}. */
  public static JobStore on(Jdbi jdbi, LeaseConfig config) {
    var leases = new SegmentLeases(jdbi, config);
    return new JobStore(
        new JobAcceptance(jdbi, config),
        leases,
        new OpenedStageLeases(jdbi, config),
        new GroupLeases(jdbi, config, leases),
        new JobSettlement(jdbi, config),
        new JobUpkeep(jdbi, config),
        new JobPruning(jdbi, config),
        new JobTargets(jdbi, config),
        new JobReader(jdbi),
        new JobListReader(jdbi),
        new JobPartReader(jdbi),
        new BacklogReader(jdbi),
        new TaskReader(jdbi));
  }
}
