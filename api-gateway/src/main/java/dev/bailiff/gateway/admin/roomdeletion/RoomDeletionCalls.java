package dev.bailiff.gateway.admin.roomdeletion;

import dev.bailiff.gateway.auth.LocalServer;
import dev.bailiff.gateway.backend.OtherTasks;
import dev.bailiff.gateway.job.submit.JobSubmission;
import dev.bailiff.gateway.job.wait.JobWaits;
import dev.bailiff.gateway.route.ApiModule;
import dev.bailiff.homeserver.roomdeletion.KnownRooms;
import dev.bailiff.job.store.JobStore;
import java.util.List;

/** Deletions of rooms, and their status. */
public record RoomDeletionCalls(
    KnownRooms rooms,
    LocalServer localServer,
    JobSubmission submission,
    JobWaits waits,
    JobStore jobs,
    OtherTasks others)
    implements ApiModule {

  @Override
  public List<Object> resources() {
    var deletions = new RoomDeletionJobs(rooms, localServer, submission, waits, jobs.parts());
    return List.of(
        new RoomDeletionResource(jobs, deletions, others),
        new WaitingRoomDeletionResource(deletions),
        new RoomShutdownResource(deletions),
        new RoomPurgeResource(deletions));
  }
}
