package dev.bailiff.gateway.resource;

import dev.bailiff.job.JobKind;
import dev.bailiff.schemas.command.DeactivateUsersContract;
import dev.bailiff.schemas.command.DeleteMediaContract;
import dev.bailiff.schemas.command.DeleteRoomsContract;
import dev.bailiff.schemas.command.PurgeHistoryContract;
import dev.bailiff.schemas.command.RedactEventsContract;

/** The kinds that calls of the admin API submit. */
final class Kinds {
  static final JobKind DEACTIVATE_USERS = new JobKind(DeactivateUsersContract.KIND);
  static final JobKind DELETE_MEDIA = new JobKind(DeleteMediaContract.KIND);
  static final JobKind DELETE_ROOMS = new JobKind(DeleteRoomsContract.KIND);
  static final JobKind PURGE_HISTORY = new JobKind(PurgeHistoryContract.KIND);
  static final JobKind REDACT_EVENTS = new JobKind(RedactEventsContract.KIND);

  private Kinds() {}
}
