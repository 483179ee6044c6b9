package dev.bailiff.worker.kind.media;

import dev.bailiff.job.store.JobTargets;
import dev.bailiff.worker.kind.StageContext;
import java.util.List;
import java.util.Set;

/**
 * The media in use as avatars, as the stage {@code keep-profiles} found them. They are stored as
 * items of the target, because there may be a million.
 */
record AvatarKeepList(JobTargets targets) {
  private static final String LIST = "kept_profiles";

  /** The fact that the list is complete. */
  static final String COMPLETE = "profiles_kept";

  /** Adds media; media that are already in the list are ignored. */
  void add(StageContext context, int target, List<String> media) {
    targets.addItems(context.id(), target, LIST, media);
  }

  boolean isComplete(StageContext context, int target) {
    return targets.fact(context.id(), target, COMPLETE).isPresent();
  }

  Set<String> among(StageContext context, int target, List<String> media) {
    return targets.listed(context.id(), target, LIST, media);
  }
}
