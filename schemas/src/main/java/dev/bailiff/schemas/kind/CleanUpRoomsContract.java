package dev.bailiff.schemas.kind;

import java.util.List;
import java.util.Optional;

/**
 * {@code clean-up-rooms}: block rooms, shut them down, move their aliases, purge them. Made of the
 * stages of {@code delete-rooms}.
 */
public final class CleanUpRoomsContract implements KindContract {
  /** The kind's name. */
  public static final String KIND = "clean-up-rooms";

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
    return CleanUpRoomsParameters.class;
  }

  /** The rooms of spaces are found as a filter finds its targets. */
  @Override
  public Optional<String> conditionOfTargets(Record parameters) {
    return ((CleanUpRoomsParameters) parameters).takesChildren()
        ? Optional.of("in_space")
        : Optional.empty();
  }

  @Override
  public Optional<String> problemWithFilter(Record parameters) {
    return ((CleanUpRoomsParameters) parameters).takesChildren()
        ? Optional.of(
            "'children' goes with 'targets'; in a filter, 'in_space' finds the rooms of a space")
        : problem(List.of(), parameters);
  }

  @Override
  public Optional<String> problem(List<String> targets, Record parameters) {
    var steps = (CleanUpRoomsParameters) parameters;
    if (steps.newRoomUserId() != null && !steps.shutsDown()) {
      return Optional.of("'new_room_user_id' is a part of 'shut_down', which is false");
    }
    return steps.blocks() || steps.shutsDown() || steps.purges()
        ? Optional.empty()
        : Optional.of("'block', 'shut_down' and 'purge' are false: no step is left");
  }
}
