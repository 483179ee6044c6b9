package dev.bailiff.schemas.kind;

import java.util.List;
import java.util.Optional;

/** {@code delete-rooms}: shut rooms down, move their aliases, purge them. */
public final class DeleteRoomsContract implements KindContract {
  /** The kind's name. */
  public static final String KIND = "delete-rooms";

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
    return DeleteRoomsParameters.class;
  }

  @Override
  public Optional<String> problem(List<String> targets, Record parameters) {
    var wanted = (DeleteRoomsParameters) parameters;
    return wanted.deletesShownMedia() && Boolean.FALSE.equals(wanted.purge())
        ? Optional.of("'media' needs 'purge': events that stay go on showing their files")
        : Optional.empty();
  }
}
