package dev.bailiff.worker.kind;

import dev.bailiff.job.store.JobTargets.OpenTarget;
import dev.bailiff.schemas.kind.ShownMedia;
import dev.bailiff.text.CountedNoun;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Counts the media of a target that should be gone and are not. */
public record ShownMediaLeft(StageServices services) {
  private static final int PAGE = 1_000;

  /** What is left, in words; empty if nothing is. */
  public List<String> of(StageContext context, OpenTarget target) {
    long left = 0;
    @Nullable String after = null;
    List<String> page;
    do {
      page = services.targets().items(context.id(), target.number(), ShownMedia.LIST, after, PAGE);
      if (!page.isEmpty()) {
        left += services.homeserver().media().mediaLeft(page).ids().size();
        after = page.get(page.size() - 1);
      }
    } while (page.size() == PAGE);
    return left == 0 ? List.of() : List.of(CountedNoun.of(left, "file"));
  }
}
