package dev.bailiff.gateway.resource;

import dev.bailiff.job.JobKind;
import dev.bailiff.schemas.command.DeactivateUsersContract;
import dev.bailiff.schemas.command.DeleteMediaContract;
import dev.bailiff.schemas.command.DeleteRoomsContract;
import dev.bailiff.schemas.command.PurgeHistoryContract;
import dev.bailiff.schemas.command.RedactEventsContract;

/** The kinds that calls of the admin API submit. */
public final class Kinds {
  public static final JobKind DEACTIVATE_USERS = new JobKind(DeactivateUsersContract.KIND);
  public static final JobKind DELETE_MEDIA = new JobKind(DeleteMediaContract.KIND);
  public static final JobKind DELETE_ROOMS = new JobKind(DeleteRoomsContract.KIND);
  public static final JobKind PURGE_HISTORY = new JobKind(PurgeHistoryContract.KIND);
  public static final JobKind REDACT_EVENTS = new JobKind(RedactEventsContract.KIND);

  private Kinds() {}
}
