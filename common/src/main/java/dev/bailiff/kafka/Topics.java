package dev.bailiff.kafka;

import dev.bailiff.job.JobKind;

/** Names of topics and share groups (docs/architecture.md, Kafka). */
public record Topics(String prefix) {

  /** Commands of a kind; one partition, so that its consumers share one queue. */
  public String commands(JobKind kind) {
    return prefix + ".commands." + kind.name();
  }

  /** First segments of stages, of all kinds. */
  public String express() {
    return prefix + ".commands.express";
  }

  /** What happens to jobs. */
  public String jobEvents() {
    return prefix + ".job-events";
  }

  /** Commands that cannot be read at all. */
  public String deadLetters() {
    return prefix + ".dead-letters";
  }

  /** The share group of the workers of a kind. */
  public String group(JobKind kind) {
    return prefix + ".workers." + kind.name();
  }

  /** The share group of the workers on express. */
  public String expressGroup() {
    return prefix + ".workers.express";
  }

  /** The group that names the worker which looks whether the duties are led; it reads nothing. */
  public String dutiesGroup() {
    return prefix + ".duties";
  }
}
