package dev.bailiff.gateway.admin.roomdeletion;

import dev.bailiff.gateway.job.wait.WaitedReply;
import dev.bailiff.job.JobId;
import dev.bailiff.job.JobView;
import dev.bailiff.job.store.JobPartReader;
import dev.bailiff.schemas.api.roomdeletion.RoomDeletionReply;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the result of a job for a room (admin-api 4.37), which is filled as the job goes on. */
public record RoomDeletionResult(JobPartReader parts) implements WaitedReply {
  private static final String NEW_ROOM = "new_room_id";
  private static final int PAGE = 1_000;

  @Override
  public RoomDeletionReply body(@Nullable JobView job) {
    if (job == null) {
      return new RoomDeletionReply(List.of(), List.of(), List.of(), null);
    }
    var first = parts.targets(job.id(), -1, 1);
    return body(job.id(), first.isEmpty() ? null : first.get(0));
  }

  /**
   * The result for one of a job's rooms.
   *
   * @param target null if the job shows no room; then the lists are empty
   */
  public RoomDeletionReply body(JobId job, JobView.@Nullable TargetView target) {
    return new RoomDeletionReply(
        list("kicked_users", job, target),
        list("failed_to_kick_users", job, target),
        list("local_aliases", job, target),
        target == null ? null : target.facts().get(NEW_ROOM));
  }

  private List<String> list(String name, JobId job, JobView.@Nullable TargetView target) {
    if (target == null) {
      return List.of();
    }
    var items = new ArrayList<String>();
    String after = "";
    List<String> page;
    do {
      page = parts.replyItems(job, target.number(), name, after, PAGE);
      items.addAll(page);
      after = page.isEmpty() ? after : page.get(page.size() - 1);
    } while (page.size() == PAGE);
    return items;
  }
}
