package dev.bailiff.gateway.admin.roomdeletion;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bailiff.gateway.job.wait.WaitedReply;
import dev.bailiff.job.JobId;
import dev.bailiff.job.JobView;
import dev.bailiff.job.store.JobReader;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What became of a room (admin-api 4.37): all four keys always, filled as the job goes on. */
public record RoomDeletionReply(JobReader jobs) implements WaitedReply {
  private static final List<String> LISTS =
      List.of("kicked_users", "failed_to_kick_users", "local_aliases");
  private static final String NEW_ROOM = "new_room_id";
  private static final int PAGE = 1_000;

  @Override
  public ObjectNode body(@Nullable JobView job) {
    if (job == null) {
      var body = JsonNodeFactory.instance.objectNode();
      LISTS.forEach(body::putArray);
      return body.putNull(NEW_ROOM);
    }
    var first = jobs.targets(job.id(), -1, 1);
    return body(job.id(), first.isEmpty() ? null : first.get(0));
  }

  /** The body of one of a job's rooms. */
  public ObjectNode body(JobId job, JobView.@Nullable TargetView target) {
    var body = JsonNodeFactory.instance.objectNode();
    for (String list : LISTS) {
      var array = body.putArray(list);
      if (target != null) {
        addAll(array, job, target.number(), list);
      }
    }
    return body.put(NEW_ROOM, target == null ? null : target.facts().get(NEW_ROOM));
  }

  private void addAll(ArrayNode array, JobId job, int target, String list) {
    String after = "";
    List<String> page;
    do {
      page = jobs.replyItems(job, target, list, after, PAGE);
      page.forEach(array::add);
      after = page.isEmpty() ? after : page.get(page.size() - 1);
    } while (page.size() == PAGE);
  }
}
