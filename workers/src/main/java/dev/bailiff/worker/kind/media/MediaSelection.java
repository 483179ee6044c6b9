package dev.bailiff.worker.kind.media;

import dev.bailiff.homeserver.media.MediaScope;
import dev.bailiff.homeserver.media.MediaSweep;
import dev.bailiff.schemas.kind.DeleteMediaContract;
import dev.bailiff.schemas.kind.DeleteMediaParameters;
import dev.bailiff.worker.kind.StageContext;
import org.jspecify.annotations.Nullable;

/** The media that the targets of a job stand for, by its parameters. */
record MediaSelection(DeleteMediaParameters parameters) {

  static MediaSelection of(StageContext context) {
    return new MediaSelection(context.parametersAs(DeleteMediaParameters.class));
  }

  /** Whether a target is one medium. */
  static boolean isMedium(String target) {
    return !DeleteMediaContract.isUser(target) && !isAll(target);
  }

  /** Whether a target is all media that the parameters select. */
  static boolean isAll(String target) {
    return target.equals(DeleteMediaContract.ALL);
  }

  /** Whether the media of users were stored when the job was accepted. */
  boolean isListed() {
    return parameters.page() != null;
  }

  /** What the target {@code *} stands for; null if the parameters do not say. */
  @Nullable MediaSweep sweep() {
    var before = parameters.beforeTs();
    var larger = parameters.sizeGt();
    return before == null ? null : new MediaSweep(before, larger == null ? 0 : larger);
  }

  /** Whether avatars do not belong to it. */
  boolean keepsProfiles() {
    return !Boolean.FALSE.equals(parameters.keepProfiles());
  }

  /** The media of a target that is no single medium; null if it stands for none. */
  @Nullable MediaScope scope(String target) {
    if (!isAll(target)) {
      return MediaScope.of(target);
    }
    var sweep = sweep();
    return sweep == null ? null : MediaScope.of(sweep);
  }
}
