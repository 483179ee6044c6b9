package dev.bailiff.schemas.kind;

import java.util.List;
import java.util.Optional;

/** {@code purge-history}: delete old events of rooms, and keep the rooms. */
public final class PurgeHistoryContract implements KindContract {

  /** The kind's name. */
  public static final String KIND = "purge-history";

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public TargetType targetType() {
    return TargetType.ROOM;
  }

  @Override
  public Class<? extends Record> parameters() {
    return PurgeHistoryParameters.class;
  }

  @Override
  public Optional<String> problem(List<String> targets, Record parameters) {
    return Timestamp.problem("purge_up_to_ts", ((PurgeHistoryParameters) parameters).purgeUpToTs());
  }
}
