package dev.bailiff.schemas.kind;

import java.util.List;
import java.util.Optional;

/** {@code redact-events}: redact what users sent, room by room, newest first. */
public final class RedactEventsContract implements KindContract {
  /** The kind's name. */
  public static final String KIND = "redact-events";

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
    return RedactEventsParameters.class;
  }

  @Override
  public boolean claimsTargets() {
    return true;
  }

  @Override
  public Optional<String> problem(List<String> targets, Record parameters) {
    var wanted = (RedactEventsParameters) parameters;
    var after = wanted.afterTs() != null && wanted.afterTs() == 0 ? null : wanted.afterTs();
    var before = wanted.beforeTs();
    var impossible =
        Timestamp.problem("after_ts", after).or(() -> Timestamp.problem("before_ts", before));
    if (impossible.isPresent() || after == null || before == null || after <= before) {
      return impossible;
    }
    return Optional.of(
        "'after_ts' (%d) is later than 'before_ts' (%d): no event lies between them"
            .formatted(after, before));
  }

  /**
   * A stage of its own looks up the rooms of many users. Its name keeps such a job from workers
   * that do not know it, which would find no rooms and nothing to redact.
   */
  @Override
  public String firstStage(Record parameters, int targets) {
    return freezesRooms(parameters) && targets > MOST_FROZEN_AT_ACCEPTANCE ? FIND_ROOMS : PLAN;
  }

  @Override
  public boolean freezesRooms(Record parameters) {
    var rooms = ((RedactEventsParameters) parameters).rooms();
    return rooms == null || rooms.isEmpty();
  }
}
