package dev.bailiff.job.store;

import org.jdbi.v3.core.Jdbi;

/**
 * The transactions of the schema {@code jobs}, by the moments of a job's life.
 *
 * @param acceptance a request becomes a job
 * @param uploads targets that arrive piece by piece become a job
 * @param leases a worker takes a segment, records batches, ends it or gives it back
 * @param takeover another worker takes over the command of a dead worker
 * @param groups leases of several segments at once
 * @param settlement stages are opened, jobs are ended or cancelled
 * @param pausing jobs are held, and go on
 * @param approvals jobs that wait for an approval are approved or rejected
 * @param rates batches of jobs with a bound on their rate take turns
 * @param changes priority and rate are changed, ended jobs are hidden
 * @param upkeep steps are repeated that a process died before doing
 * @param pruning jobs are deleted some time after their end
 * @param targets stages read their job's targets
 * @param reader the status of jobs
 * @param lists lists of jobs
 * @param parts lists of one job: its targets, segments and failures
 * @param plans what dry runs found out
 * @param backlog the work that waits, by kind
 * @param tasks jobs of some kinds, oldest first
 * @param workers the workers, for people
 * @param transitions which jobs changed their status
 */
public record JobStore(
    JobAcceptance acceptance,
    TargetUploads uploads,
    SegmentLeases leases,
    OpenedStageLeases takeover,
    GroupLeases groups,
    JobSettlement settlement,
    JobPausing pausing,
    JobApprovals approvals,
    RateTurns rates,
    JobChanges changes,
    JobUpkeep upkeep,
    JobPruning pruning,
    JobTargets targets,
    JobReader reader,
    JobListReader lists,
    JobPartReader parts,
    PlanReader plans,
    BacklogReader backlog,
    TaskReader tasks,
    WorkerRegister workers,
    TransitionReader transitions) {

  /** The store on one database. {@code jdbi} comes from {@link dev.bailiff.database.Database}. */
  public static JobStore on(Jdbi jdbi, LeaseConfig config) {
    var acceptance = new JobAcceptance(jdbi, config);
    return new JobStore(
        acceptance,
        new TargetUploads(jdbi, config, acceptance),
        new SegmentLeases(jdbi, config),
        new OpenedStageLeases(jdbi, config),
        new GroupLeases(jdbi, config),
        new JobSettlement(jdbi, config),
        new JobPausing(jdbi, config),
        new JobApprovals(jdbi, config),
        new RateTurns(jdbi),
        new JobChanges(jdbi, config),
        new JobUpkeep(jdbi, config),
        new JobPruning(jdbi, config),
        new JobTargets(jdbi, config),
        new JobReader(jdbi),
        new JobListReader(jdbi),
        new JobPartReader(jdbi),
        new PlanReader(jdbi),
        new BacklogReader(jdbi),
        new TaskReader(jdbi),
        new WorkerRegister(jdbi),
        new TransitionReader(jdbi));
  }
}
