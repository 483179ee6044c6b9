package dev.bailiff.schemas.kind;

/** {@code deactivate-users}: close accounts, then leave their rooms. */
public final class DeactivateUsersContract implements KindContract {
  /** The kind's name. */
  public static final String KIND = "deactivate-users";

  /** The first stage. Callers who wait get their answer after it. */
  public static final String CLOSE_ACCOUNT = "close-account";

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

  /** The job needs no preparation. */
  @Override
  public String firstStage(Record parameters, int targets) {
    return CLOSE_ACCOUNT;
  }
}
