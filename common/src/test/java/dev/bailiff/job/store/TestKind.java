package dev.bailiff.job.store;

import dev.bailiff.job.JobParameters;
import dev.bailiff.schemas.kind.KindContract;
import dev.bailiff.schemas.kind.TargetType;

/** A kind without parameters that begins with a plan. */
final class TestKind implements KindContract {
  static final JobParameters PARAMETERS = JobParameters.of(new TestKind(), new None());

  /** No parameters. */
  record None() {}

  @Override
  public String kind() {
    return "test-kind";
  }

  @Override
  public TargetType targetType() {
    return TargetType.USER;
  }

  @Override
  public Class<? extends Record> parameters() {
    return None.class;
  }
}
