package dev.bailiff.schemas.kind;

import java.util.List;
import java.util.Optional;

/**
 * {@code clean-up-users}: suspend accounts, redact what they wrote, delete their media, deactivate
 * them. Made of the stages of {@code redact-events}, {@code delete-media} and {@code
 * deactivate-users}.
 */
public final class CleanUpUsersContract implements KindContract {
  /** The kind's name. */
  public static final String KIND = "clean-up-users";

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
    return CleanUpUsersParameters.class;
  }

  @Override
  public Optional<String> problem(List<String> targets, Record parameters) {
    var steps = (CleanUpUsersParameters) parameters;
    if (Boolean.TRUE.equals(steps.erase()) && !steps.deactivates()) {
      return Optional.of("'erase' is a part of 'deactivate', which is false");
    }
    return steps.suspends() || steps.redacts() || steps.deletesMedia() || steps.deactivates()
        ? Optional.empty()
        : Optional.of(
            "'suspend', 'redact', 'delete_media' and 'deactivate' are false: no step is left");
  }
}
