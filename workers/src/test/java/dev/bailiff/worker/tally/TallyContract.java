package dev.bailiff.worker.tally;

import dev.bailiff.schemas.kind.KindContract;
import dev.bailiff.schemas.kind.TargetType;

public final class TallyContract implements KindContract {
  @Override
  public String kind() {
    return "tally";
  }

  @Override
  public TargetType targetType() {
    return TargetType.USER;
  }

  @Override
  public Class<? extends Record> parameters() {
    return TallyParameters.class;
  }
}
