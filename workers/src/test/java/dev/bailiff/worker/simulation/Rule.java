package dev.bailiff.worker.simulation;

import java.util.List;

/** The rules of {@code docs/architecture.md}. A test switches each of them off. */
enum Rule {
  /** Off: a caller gets a job's id before the commit, and the process may die in between. */
  ACCEPT_THEN_ANSWER,
  /** Off: every epoch is accepted, so an owner that lost its lease goes on writing. */
  LEASE_WITH_EPOCH(
      new SqlEdit("and s.status = 'leased' and s.epoch = ?", "and s.epoch >= least(0, ?)"),
      new SqlEdit("and status = 'leased' and epoch = ?", "and epoch >= least(0, ?)"),
      new SqlEdit("and s.status = 'leased' and s.epoch = b.epoch", ""),
      new SqlEdit("and s.status = 'leased' and s.epoch = l.epoch", "")),
  /** Off: the effect is committed first, and its checkpoint in a later transaction. */
  EFFECT_AND_CHECKPOINT,
  /** Off: nothing is published again from the store. */
  STORE_REPUBLISHES,
  /** Off: a batch begins although its job is to stop. */
  STOP_AT_BATCH(
      new SqlEdit("select j.status = 'active' and j.cancel_requested_at is null", "select true")),
  /** Off: settling takes no lock on the job. */
  ONE_END(
      new SqlEdit("where j.job_id = ? for no key update of j skip locked", "where j.job_id = ?"),
      new SqlEdit("where j.job_id = ? for no key update", "where j.job_id = ?")),
  /** Off: no process settles jobs that a dead worker left; the other half of the sixth rule. */
  SETTLE_FOR_THE_DEAD,
  /** Off: no process frees leases that ran out; the second part of the second rule. */
  RESCUE,
  /**
   * Off: no heir looks for a lease that was taken through its command; the third part of the second
   * rule.
   */
  REMEMBER_COMMAND(
      new SqlEdit("and s.status = 'leased' and s.through_lease = s.epoch", "and false")),
  /** Off: whoever moves a job on does not know that it is a dry run, and opens its other stages. */
  DRY_RUN_CHANGES_NOTHING(
      new SqlEdit("as has_started, j.dry_run", "as has_started, false as dry_run"));

  private final List<SqlEdit> edits;

  Rule(SqlEdit... edits) {
    this.edits = List.of(edits);
  }

  /** The edits that switch this rule off in statements; none if the rule is not in a statement. */
  List<SqlEdit> edits() {
    return edits;
  }
}
