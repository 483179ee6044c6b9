package dev.bailiff.gateway.admin.media;

import dev.bailiff.gateway.job.wait.WaitedReply;
import dev.bailiff.job.JobView;
import dev.bailiff.job.store.JobPartReader;
import dev.bailiff.schemas.api.media.DeletedMediaReply;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The list of the media that a job deleted (admin-api 4.14). The list leaves out media whose files
 * could not be removed, as these are failures of the job.
 */
record DeletedMedia(JobPartReader parts) implements WaitedReply {
  private static final String LIST = "deleted_media";
  private static final int PAGE = 1_000;

  @Override
  public DeletedMediaReply body(@Nullable JobView job) {
    var deleted = new ArrayList<String>();
    if (job != null) {
      String after = "";
      List<String> page;
      do {
        page = parts.replyItems(job.id(), 0, LIST, after, PAGE);
        deleted.addAll(page);
        after = page.isEmpty() ? after : page.get(page.size() - 1);
      } while (page.size() == PAGE);
    }
    return new DeletedMediaReply(deleted, deleted.size());
  }
}
