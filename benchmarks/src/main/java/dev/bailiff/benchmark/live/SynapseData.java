package dev.bailiff.benchmark.live;

import static dev.bailiff.benchmark.live.SynapseApi.object;
import static dev.bailiff.standalone.client.ApiClient.path;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Makes users, rooms, messages and media as clients make them. Each has a name of its own, so that
 * each side of each round has fresh data on the same server.
 */
public final class SynapseData {
  private static final int AT_A_TIME = 4;
  private static final int FILE_BYTES = 1024;

  private final SynapseApi api;
  private final String serverName;
  private final AtomicInteger names = new AtomicInteger();

  SynapseData(SynapseApi api, String serverName) {
    this.api = api;
    this.serverName = serverName;
  }

  /** New accounts without a password. */
  public List<String> users(int count) {
    return Concurrently.each(AT_A_TIME, numbers(count), any -> user());
  }

  /** A new account without a password. */
  public String user() {
    var user = "@bench-" + names.incrementAndGet() + ":" + serverName;
    api.admin("PUT", path("/_synapse/admin/v2/users/{}", user), object());
    return user;
  }

  /** A new public room. */
  public String room(String creator) {
    return api.as(
            creator,
            "POST",
            "/_matrix/client/v3/createRoom",
            object().put("preset", "public_chat").put("name", "Room " + names.incrementAndGet()))
        .path("room_id")
        .asText();
  }

  /** Makes users join a room. */
  public void join(String room, List<String> users) {
    Concurrently.each(
        AT_A_TIME,
        users,
        user -> api.as(user, "POST", path("/_matrix/client/v3/rooms/{}/join", room), object()));
  }

  /** Makes each user join each room; the rooms take turns, so that nobody waits for a room. */
  public void joinAll(List<String> rooms, List<String> users) {
    Concurrently.each(
        AT_A_TIME,
        rooms,
        room -> {
          for (String user : users) {
            api.as(user, "POST", path("/_matrix/client/v3/rooms/{}/join", room), object());
          }
          return room;
        });
  }

  /** Sends a message and returns the event's id. */
  public String send(String room, String sender) {
    int number = names.incrementAndGet();
    return api.as(sender, "PUT", sendPath(room, number), message(number)).path("event_id").asText();
  }

  /** Sends so many messages to each room. */
  public void send(List<String> rooms, String sender, int each) {
    Concurrently.each(
        AT_A_TIME,
        IntStream.range(0, each).boxed().flatMap(any -> rooms.stream()).toList(),
        room -> send(room, sender));
  }

  /** Uploads so many small files of one user. */
  public void upload(String user, int count) {
    Concurrently.each(
        AT_A_TIME,
        numbers(count),
        any -> {
          var content = new byte[FILE_BYTES];
          new Random(names.incrementAndGet()).nextBytes(content);
          return api.upload(user, content);
        });
  }

  /** The path of a message of its own. */
  static String sendPath(String room, int number) {
    return path(
        "/_matrix/client/v3/rooms/{}/send/m.room.message/{}", room, Integer.toString(number));
  }

  static ObjectNode message(int number) {
    return object().put("msgtype", "m.text").put("body", "message number " + number);
  }

  /** A number that no other message has. */
  int nextNumber() {
    return names.incrementAndGet();
  }

  private static List<Integer> numbers(int count) {
    return Collections.nCopies(count, 0);
  }
}
