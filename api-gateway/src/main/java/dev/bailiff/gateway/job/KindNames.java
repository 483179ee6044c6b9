package dev.bailiff.gateway.job;

import dev.bailiff.job.JobKind;
import dev.bailiff.schemas.kind.DeactivateUsersContract;
import dev.bailiff.schemas.kind.DeleteMediaContract;
import dev.bailiff.schemas.kind.DeleteRoomsContract;
import dev.bailiff.schemas.kind.PurgeHistoryContract;
import dev.bailiff.schemas.kind.RedactEventsContract;

/** The kinds that calls of the admin API submit. */
public final class KindNames {
  public static final JobKind DEACTIVATE_USERS = new JobKind(DeactivateUsersContract.KIND);
  public static final JobKind DELETE_MEDIA = new JobKind(DeleteMediaContract.KIND);
  public static final JobKind DELETE_ROOMS = new JobKind(DeleteRoomsContract.KIND);
  public static final JobKind PURGE_HISTORY = new JobKind(PurgeHistoryContract.KIND);
  public static final JobKind REDACT_EVENTS = new JobKind(RedactEventsContract.KIND);

  private KindNames() {}
}
