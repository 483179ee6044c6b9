package dev.bailiff.worker.kind.media;

import dev.bailiff.homeserver.media.MediaScope;
import dev.bailiff.homeserver.media.MediaSweep;
import dev.bailiff.schemas.kind.DeleteMediaContract;
import dev.bailiff.schemas.kind.DeleteMediaParameters;
import dev.bailiff.worker.kind.StageContext;
import org.jspecify.annotations.Nullable;

/** The media that the targets of a job stand for, according to its parameters. */
record MediaSelection(DeleteMediaParameters parameters) {

  static MediaSelection of(StageContext context) {
    return new MediaSelection(context.parametersAs(DeleteMediaParameters.class));
  }

  /** Whether a target is a single medium. */
  static boolean isMedium(String target) {
    return !DeleteMediaContract.isUser(target) && !isAll(target);
  }

  /** Whether a target stands for all media that the parameters select. */
  static boolean isAll(String target) {
    return target.equals(DeleteMediaContract.ALL);
  }

  /** Whether the media of users were stored when the job was accepted. */
  boolean isListed() {
    return parameters.page() != null;
  }

  /** The sweep that the target {@code *} stands for; null if the parameters give none. */
  @Nullable MediaSweep sweep() {
    var before = parameters.beforeTs();
    var larger = parameters.sizeGt();
    return before == null ? null : new MediaSweep(before, larger == null ? 0 : larger);
  }

  /** Whether the selection excludes avatars. */
  boolean keepsProfiles() {
    return !Boolean.FALSE.equals(parameters.keepProfiles());
  }

  /** The media of a target that is not a single medium; null if it stands for no media. */
  @Nullable MediaScope scope(String target) {
    if (!isAll(target)) {
      return MediaScope.of(target);
    }
    var sweep = sweep();
    return sweep == null ? null : MediaScope.of(sweep);
  }
}
