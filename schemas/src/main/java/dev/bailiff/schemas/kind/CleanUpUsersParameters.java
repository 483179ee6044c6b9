package dev.bailiff.schemas.kind;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Parameters of {@code clean-up-users}: which steps are done. They are done in this order.
 *
 * @param suspend whether the accounts are suspended first; absent means true
 * @param redact whether the users' events are redacted, in every room they ever wrote in; absent
 *     means true
 * @param deleteMedia whether the users' media are deleted; absent means true
 * @param deactivate whether the accounts are closed and leave their rooms; absent means true
 * @param erase whether profiles are deleted and the users are marked erased, as a part of {@code
 *     deactivate}; absent means false
 * @param reason stored in every redaction
 * @param onStepFailure a word of {@link OnStepFailure}; absent means {@code skip-target}
 */
public record CleanUpUsersParameters(
    @Nullable Boolean suspend,
    @Nullable Boolean redact,
    @Nullable Boolean deleteMedia,
    @Nullable Boolean deactivate,
    @Nullable Boolean erase,
    @Nullable String reason,
    @Nullable String onStepFailure)
    implements Recipe {

  public static final String SUSPEND = "suspend";
  public static final String REDACT = "redact";
  public static final String DELETE_MEDIA = "delete_media";
  public static final String DEACTIVATE = "deactivate";

  /** All steps but the erasure. */
  public static CleanUpUsersParameters usual() {
    return new CleanUpUsersParameters(null, null, null, null, null, null, null);
  }

  public boolean suspends() {
    return isOn(suspend);
  }

  public boolean redacts() {
    return isOn(redact);
  }

  public boolean deletesMedia() {
    return isOn(deleteMedia);
  }

  public boolean deactivates() {
    return isOn(deactivate);
  }

  /** The step {@code redact} in the words of its own kind: all events of every room. */
  public RedactEventsParameters redaction() {
    return new RedactEventsParameters(
        List.of(RedactEventsParameters.EVERY_ROOM),
        reason,
        RedactEventsParameters.NO_LIMIT,
        null,
        null,
        null);
  }

  /** The step {@code delete_media} in the words of its own kind. */
  public DeleteMediaParameters mediaDeletion() {
    return new DeleteMediaParameters(null, null, null, null);
  }

  /** The step {@code deactivate} in the words of its own kind. */
  public DeactivateUsersParameters deactivation() {
    return new DeactivateUsersParameters(Boolean.TRUE.equals(erase));
  }

  private static boolean isOn(@Nullable Boolean step) {
    return !Boolean.FALSE.equals(step);
  }
}
