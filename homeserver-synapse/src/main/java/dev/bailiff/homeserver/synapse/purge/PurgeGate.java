package dev.bailiff.homeserver.synapse.purge;

import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether events of a room may be deleted now. Synapse's own streams read events by their
 * position: an event that a stream has not passed must stay.
 *
 * <p>The position of application services counts only if one of them ever got a transaction:
 * without any, Synapse does not move it.
 */
final class PurgeGate {
  private static final String STATE =
      """
      select exists (
               select from local_current_membership
               where room_id = :room and membership = 'join') as members,
             exists (select from partial_state_rooms where room_id = :room) as partial,
             exists (
               select from scheduled_tasks
               where resource_id = :room and status in ('active', 'scheduled')) as task,
             coalesce(
               (select max(stream_ordering) from events where room_id = :room), 0) as newest,
             coalesce(
               (select min(stream_id) from federation_stream_position where type = 'events'),
               -1) as federation,
             coalesce((select min(stream_id) from user_directory_stream_pos), -1) as directory,
             coalesce((select min(stream_id) from stats_incremental_position), -1) as statistics,
             case when exists (select from application_services_state)
               then coalesce((select min(stream_ordering) from appservice_stream_position), -1)
             end as appservices""";

  private PurgeGate() {}

  /** The state of a room. */
  sealed interface Pass {

    /** The events may go. */
    record Open() implements Pass {}

    /** The events may go later. */
    record Later(String reason) implements Pass {}

    /** Waiting does not help: nobody removes the members any more. */
    record Closed(String reason) implements Pass {}
  }

  static Pass look(Handle handle, String room) {
    return handle
        .createQuery(STATE)
        .bind("room", room)
        .map(
            (row, context) ->
                new State(
                    row.getBoolean("members"),
                    row.getBoolean("partial"),
                    row.getBoolean("task"),
                    row.getLong("newest"),
                    row.getLong("federation"),
                    row.getLong("directory"),
                    row.getLong("statistics"),
                    row.getObject("appservices", Long.class)))
        .one()
        .pass();
  }

  private record State(
      boolean members,
      boolean partial,
      boolean task,
      long newest,
      long federation,
      long directory,
      long statistics,
      @Nullable Long appservices) {

    Pass pass() {
      if (members) {
        return new Pass.Closed("local members are joined");
      }
      return obstacle().<Pass>map(Pass.Later::new).orElseGet(Pass.Open::new);
    }

    private Optional<String> obstacle() {
      if (partial) {
        return Optional.of("Synapse has only a part of the room's state");
      }
      if (task) {
        return Optional.of("a task of Synapse works on the room");
      }
      return behind("federation_stream_position", federation)
          .or(() -> behind("user_directory_stream_pos", directory))
          .or(() -> behind("stats_incremental_position", statistics))
          .or(
              () ->
                  appservices == null
                      ? Optional.empty()
                      : behind("appservice_stream_position", appservices));
    }

    private Optional<String> behind(String stream, long position) {
      return position >= newest
          ? Optional.empty()
          : Optional.of(stream + " is behind the room's newest event");
    }
  }
}
