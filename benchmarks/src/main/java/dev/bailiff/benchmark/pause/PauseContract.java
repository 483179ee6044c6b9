package dev.bailiff.benchmark.pause;

import dev.bailiff.schemas.kind.KindContract;
import dev.bailiff.schemas.kind.TargetType;

/** {@code pause}: waits for a simulated homeserver. */
public final class PauseContract implements KindContract {
  /** The kind's name. */
  public static final String KIND = "pause";

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public TargetType targetType() {
    return TargetType.USER;
  }

  @Override
  public Class<? extends Record> parameters() {
    return PauseParameters.class;
  }
}
