package dev.bailiff.schemas.command;

/** {@code deactivate-users}: close accounts, then leave their rooms. */
public final class DeactivateUsersContract implements KindContract {
  /** The kind's name. */
  public static final String KIND = "deactivate-users";

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
    return DeactivateUsersParameters.class;
  }

  @Override
  public boolean claimsTargets() {
    return false;
  }
}
