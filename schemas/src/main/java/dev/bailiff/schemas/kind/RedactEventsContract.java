package dev.bailiff.schemas.kind;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code redact-events}: redact events of users, room by room, newest first. */
public final class RedactEventsContract implements KindContract {
  /** The kind's name. */
  public static final String KIND = "redact-events";

  /** List in the job's snapshot: the rooms in which a user's events are redacted. */
  public static final String ROOMS = "rooms";

  /** Servers refuse to redact these: without them a room has no rules. */
  private static final Set<String> KEPT =
      Set.of("m.room.create", "m.room.server_acl", "m.room.redaction");

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
  public Optional<String> problem(List<String> targets, Record parameters) {
    var wanted = (RedactEventsParameters) parameters;
    var rooms = wanted.rooms();
    if (rooms != null && rooms.contains(RedactEventsParameters.EVERY_ROOM) && rooms.size() > 1) {
      return Optional.of("'rooms' is \"*\" or a list of ids, not both");
    }
    var after = wanted.afterTs() != null && wanted.afterTs() == 0 ? null : wanted.afterTs();
    // 0 is refused here. The admin API reads it as absent, as Synapse does: a job would then redact
    // every event, although its client wanted none or mistook the unit.
    var before = wanted.beforeTs();
    var impossible =
        Timestamp.problem("after_ts", after)
            .or(() -> Timestamp.problem("before_ts", before))
            .or(() -> problemWithChoice(wanted));
    if (impossible.isPresent() || after == null || before == null || after <= before) {
      return impossible;
    }
    return Optional.of(
        "'after_ts' (%d) is later than 'before_ts' (%d): no event lies between them"
            .formatted(after, before));
  }

  private static Optional<String> problemWithChoice(RedactEventsParameters wanted) {
    var rooms = wanted.rooms();
    if (rooms != null
        && rooms.contains(RedactEventsParameters.EVERY_ROOM)
        && !wanted.meansEveryRoom()) {
      return Optional.of("'rooms' is '*' or a list of rooms, not both");
    }
    var types = wanted.types();
    if (types != null && types.isEmpty()) {
      return Optional.of("'types' names no type of event");
    }
    var kept =
        types == null
            ? Optional.<String>empty()
            : types.stream().filter(KEPT::contains).findFirst();
    if (kept.isPresent()) {
      return Optional.of("events of the type '" + kept.get() + "' cannot be redacted");
    }
    // A redacted event does not tell any more whether it was one of the newest with the text.
    return wanted.contains() != null && wanted.limit() != null && wanted.limit() > 0
        ? Optional.of("'contains' takes no 'limit': all events with the text are meant")
        : Optional.empty();
  }

  /**
   * For many users, a stage of its own looks up their rooms. The name of that stage keeps the job
   * from workers that do not know it: they would find no rooms and nothing to redact.
   */
  @Override
  public String firstStage(Record parameters, int targets) {
    boolean snapshot = ((RedactEventsParameters) parameters).meansRoomsAtAcceptance();
    return snapshot && targets > MOST_TARGETS_IN_SNAPSHOT ? FIND_ROOMS : PLAN;
  }
}
