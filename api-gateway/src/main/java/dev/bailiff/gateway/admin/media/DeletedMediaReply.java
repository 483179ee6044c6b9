package dev.bailiff.gateway.admin.media;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bailiff.gateway.job.wait.WaitedReply;
import dev.bailiff.job.JobView;
import dev.bailiff.job.store.JobReader;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was deleted (admin-api 4.14). Media whose files could not be removed are not told: they are
 * failures of the job.
 */
record DeletedMediaReply(JobReader jobs) implements WaitedReply {
  private static final String LIST = "deleted_media";
  private static final int PAGE = 1_000;

  @Override
  public ObjectNode body(@Nullable JobView job) {
    var body = JsonNodeFactory.instance.objectNode();
    var deleted = body.putArray(LIST);
    if (job != null) {
      String after = "";
      List<String> page;
      do {
        page = jobs.replyItems(job.id(), 0, LIST, after, PAGE);
        page.forEach(deleted::add);
        after = page.isEmpty() ? after : page.get(page.size() - 1);
      } while (page.size() == PAGE);
    }
    return body.put("total", deleted.size());
  }
}
