package dev.bailiff.gateway.admin.roomdeletion;

import dev.bailiff.gateway.auth.Call;
import dev.bailiff.gateway.auth.LocalServer;
import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.error.Errcode;
import dev.bailiff.gateway.job.KindNames;
import dev.bailiff.gateway.job.submit.JobSubmission;
import dev.bailiff.gateway.job.wait.JobWaits;
import dev.bailiff.gateway.job.wait.WaitedReply;
import dev.bailiff.gateway.request.RoomId;
import dev.bailiff.homeserver.roomdeletion.KnownRooms;
import dev.bailiff.job.store.JobPartReader;
import dev.bailiff.schemas.kind.DeleteRoomsParameters;
import jakarta.ws.rs.container.AsyncResponse;

/**
 * The common part of the calls that delete, shut down or purge a room: {@code delete-rooms} jobs of
 * one room, and the check of the user who is to create the replacement room.
 */
final class RoomDeletionJobs {
  private final KnownRooms rooms;
  private final LocalServer localServer;
  private final JobSubmission submission;
  private final JobWaits waits;
  private final RoomDeletionResult reply;

  RoomDeletionJobs(
      KnownRooms rooms,
      LocalServer localServer,
      JobSubmission submission,
      JobWaits waits,
      JobPartReader parts) {
    this.rooms = rooms;
    this.localServer = localServer;
    this.submission = submission;
    this.waits = waits;
    this.reply = new RoomDeletionResult(parts);
  }

  /** The calls of 2020 (4.37, 4.38): an unknown room is an error. */
  void deleteKnown(RoomId room, RoomDeletionBody body, Call call, AsyncResponse response) {
    if (isForeign(body)) {
      // This look-up is only needed here: otherwise the job itself refuses unknown rooms.
      if (!rooms.known(room.value())) {
        throw ApiException.notFound("Unknown room");
      }
      refuseForeign(room, body, call);
    }
    answer(room.value(), body.parameters(true), reply, call, response);
  }

  /**
   * Today's waiting call (5.1): an unknown room is no error. It then gets no replacement room, so
   * the user who is to create one does not matter.
   */
  void delete(RoomId room, RoomDeletionBody body, Call call, AsyncResponse response) {
    if (isForeign(body) && rooms.known(room.value())) {
      refuseForeign(room, body, call);
    }
    var asked = isForeign(body) ? body.withoutNewRoom() : body;
    answer(room.value(), asked.parameters(false), reply, call, response);
  }

  /** Purges a room and does nothing else to it (4.39). */
  void purge(String room, Call call, AsyncResponse response) {
    var parameters = new DeleteRoomsParameters(null, null, null, false, true, false, false, true);
    answer(room, parameters, WaitedReply.EMPTY, call, response);
  }

  /** Submits and does not wait (5.2). */
  String submit(RoomId room, RoomDeletionBody body, Call call) {
    if (isForeign(body)) {
      // A conflict is reported first.
      throw submission.isClaimed(KindNames.DELETE_ROOMS, room.value())
          ? inProgress(room)
          : foreign(body);
    }
    return submission
        .submitUnlessClaimed(
            KindNames.DELETE_ROOMS, room.value(), body.parameters(false), call.caller())
        .orElseThrow(() -> inProgress(room))
        .toString();
  }

  private void answer(
      String room,
      DeleteRoomsParameters parameters,
      WaitedReply shape,
      Call call,
      AsyncResponse response) {
    var job = submission.submitOne(KindNames.DELETE_ROOMS, room, parameters, call.caller());
    waits.answer(job, call.preference(), call.caller().token(), shape, response);
  }

  private boolean isForeign(RoomDeletionBody body) {
    return body.newRoomUserId() != null && !localServer.mayBeOwn(body.newRoomUserId());
  }

  /** The API blocks the room before it checks the user who is to create the new one. */
  private void refuseForeign(RoomId room, RoomDeletionBody body, Call call) {
    if (body.block()) {
      submission.requireTarget(room.value(), call.caller());
      rooms.block(room.value(), call.caller().actingUser());
    }
    throw foreign(body);
  }

  private static ApiException inProgress(RoomId room) {
    return ApiException.bad(Errcode.M_UNKNOWN, "Purge already in progress for " + room);
  }

  private static ApiException foreign(RoomDeletionBody body) {
    return ApiException.bad(Errcode.M_UNKNOWN, "User must be our own: " + body.newRoomUserId());
  }
}
