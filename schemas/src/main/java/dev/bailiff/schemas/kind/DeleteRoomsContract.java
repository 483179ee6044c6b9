package dev.bailiff.schemas.kind;

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
}
