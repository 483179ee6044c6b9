package dev.bailiff.benchmark.live;

import static dev.bailiff.benchmark.live.SynapseApi.object;
import static dev.bailiff.standalone.client.ApiClient.path;
import static dev.bailiff.standalone.client.ApiClient.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/**
 * The work of jobs by Synapse's own admin calls, as an administrator's script does it. Each method
 * returns when Synapse says that everything is done.
 */
public final class ByHand {
  private static final int AT_A_TIME = 4;

  private final SynapseApi api;

  ByHand(LiveSynapse synapse) {
    this.api = synapse.api();
  }

  /** Shuts a room down and purges it, in one task of Synapse. */
  public void deleteRoom(String room) {
    var task =
        api.admin(
            "DELETE",
            path("/_synapse/admin/v2/rooms/{}", room),
            object().put("block", false).put("purge", true));
    await(path("/_synapse/admin/v2/rooms/delete_status/{}", task.path("delete_id").asText()));
  }

  /** Deletes rooms, some at a time. */
  public void deleteRooms(List<String> rooms, int atATime) {
    Concurrently.each(
        atATime,
        rooms,
        room -> {
          deleteRoom(room);
          return room;
        });
  }

  /** Purges the history of a room before a time. */
  public void purgeHistory(LargeRoom room) {
    var task =
        api.admin(
            "POST", path("/_synapse/admin/v1/purge_history/{}", room.room()), historyOf(room));
    await(path("/_synapse/admin/v1/purge_history_status/{}", task.path("purge_id").asText()));
  }

  /** The parameters of a purge of history, which are those of the job too. */
  public static ObjectNode historyOf(LargeRoom room) {
    return object().put("purge_up_to_ts", room.cutOff()).put("delete_local_events", true);
  }

  /** Redacts all events of a user in some rooms. */
  public void redact(String user, List<String> rooms, int limit) {
    var body = object().put("limit", limit);
    rooms.forEach(body.putArray("rooms")::add);
    var task = api.admin("POST", path("/_synapse/admin/v1/user/{}/redact", user), body);
    var ended =
        await(path("/_synapse/admin/v1/user/redact_status/{}", task.path("redact_id").asText()));
    if (!ended.path("failed_redactions").isEmpty()) {
      throw new IllegalStateException("redactions failed: " + ended);
    }
  }

  /**
   * Deactivates and erases users, waits until they have left all rooms, and reads each of them at
   * the end.
   */
  public void deactivate(List<String> users) {
    Concurrently.each(
        AT_A_TIME,
        users,
        user ->
            api.admin(
                "POST",
                path("/_synapse/admin/v1/deactivate/{}", user),
                object().put("erase", true)));
    var looks = new Looks();
    for (String user : users) {
      while (!api.get(path("/_synapse/admin/v1/users/{}/joined_rooms", user))
          .path("joined_rooms")
          .isEmpty()) {
        looks.pause();
      }
    }
    Concurrently.each(AT_A_TIME, users, this::requireClosed);
  }

  /** Reads what the job reads: the account, its devices and pushers, its memberships. */
  private String requireClosed(String user) {
    var account = api.get(path("/_synapse/admin/v2/users/{}", user));
    boolean left =
        api.get(path("/_synapse/admin/v1/users/{}/memberships", user))
            .path("memberships")
            .valueStream()
            .allMatch(membership -> membership.asText().equals("leave"));
    if (!account.path("deactivated").asBoolean()
        || !account.path("erased").asBoolean()
        || !api.get(path("/_synapse/admin/v2/users/{}/devices", user)).path("devices").isEmpty()
        || !api.get(path("/_synapse/admin/v1/users/{}/pushers", user)).path("pushers").isEmpty()
        || !left) {
      throw new IllegalStateException(user + " is not deactivated and erased");
    }
    return user;
  }

  /** Deletes the media of a user in one bulk call. */
  public void deleteMedia(String user, int limit) {
    api.admin(
        "DELETE",
        path("/_synapse/admin/v1/users/{}/media", user)
            + query(Map.of("limit", Integer.toString(limit))),
        null);
  }

  private JsonNode await(String statusPath) {
    var looks = new Looks();
    while (true) {
      var answer = api.get(statusPath);
      switch (answer.path("status").asText()) {
        case "complete" -> {
          return answer;
        }
        case "failed" -> throw new IllegalStateException("Synapse's task failed: " + answer);
        default -> looks.pause();
      }
    }
  }

  /**
   * Pauses between looks. They are a small part of the time so far: longer ones would add to the
   * time, and more looks would keep Synapse from its work.
   */
  private static final class Looks {
    private static final long PART = 50;
    private static final long SHORTEST_MILLIS = 20;
    private static final long LONGEST_MILLIS = 500;

    private final long begin = System.nanoTime();

    void pause() {
      long soFar = (System.nanoTime() - begin) / 1_000_000;
      try {
        Thread.sleep(Math.min(LONGEST_MILLIS, Math.max(SHORTEST_MILLIS, soFar / PART)));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
  }
}
