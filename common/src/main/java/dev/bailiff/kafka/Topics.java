package dev.bailiff.kafka;

import dev.bailiff.job.JobKind;

/** Names of topics and share groups (docs/architecture.md, Kafka). */
public record Topics(String prefix) {

  /**
   * Topic of the commands of a kind. The topic has one partition, so that its consumers share one
   * queue.
   */
  public String commands(JobKind kind) {
    return prefix + ".commands." + kind.name();
  }

  /** Topic of the first segments of stages, of all kinds. */
  public String express() {
    return prefix + ".commands.express";
  }

  /** Topic of the events of jobs, such as transitions and progress. */
  public String jobEvents() {
    return prefix + ".job-events";
  }

  /** Topic of records that cannot be read as commands. */
  public String deadLetters() {
    return prefix + ".dead-letters";
  }

  /** Topic of the heads of the audit's chain, which are kept for good. */
  public String auditHeads() {
    return prefix + ".audit-heads";
  }

  /** The share group of the workers of a kind. */
  public String group(JobKind kind) {
    return prefix + ".workers." + kind.name();
  }

  /** The share group of the workers on express. */
  public String expressGroup() {
    return prefix + ".workers.express";
  }

  /**
   * The group that marks the worker which checks that the duties have a leader; the group reads
   * nothing.
   */
  public String dutiesGroup() {
    return prefix + ".duties";
  }
}
