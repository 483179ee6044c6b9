package dev.bailiff.schemas.kind;

import org.jspecify.annotations.Nullable;

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
  public boolean claimsTargets() {
    return true;
  }

  /** Who creates the replacement room (admin-api 4.37). */
  @Override
  public @Nullable String ownUser(Record parameters) {
    return ((DeleteRoomsParameters) parameters).newRoomUserId();
  }
}
