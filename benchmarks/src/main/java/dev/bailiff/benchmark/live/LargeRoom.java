package dev.bailiff.benchmark.live;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * A room with a long history: made and joined as clients do it, then filled with copies of one of
 * its messages, then written to again.
 *
 * @param room its id
 * @param cutOff time between its last two messages, ms since the epoch
 */
public record LargeRoom(String room, long cutOff) {
  private static final int MEMBERS = 3;

  /** The history in milliseconds; a purge by slices needs some of them for each slice. */
  private static final long SPAN_MILLIS = 2_000;

  private static final long LOOK_MILLIS = 20;

  /** Makes a room with at least so many messages. */
  public static LargeRoom make(LiveSynapse synapse, int events)
      throws InterruptedException, SQLException {
    var data = synapse.data();
    List<String> members = data.users(MEMBERS);
    var owner = members.get(0);
    var room = data.room(owner);
    data.join(room, members.subList(1, MEMBERS));
    var message = data.send(room, owner);
    long begin = receivedAt(synapse, message);
    // Synapse looks for a time by stream position, so the copies must be older than what follows.
    while (System.currentTimeMillis() <= begin + SPAN_MILLIS) {
      Thread.sleep(LOOK_MILLIS);
    }
    try (Connection connection = synapse.connect()) {
      ClonedEvents.make(connection, new ClonedEvents.Source(message, begin, SPAN_MILLIS), events);
    }
    var before = data.send(room, owner);
    long earlier = receivedAt(synapse, before);
    while (System.currentTimeMillis() <= earlier + LOOK_MILLIS) {
      Thread.sleep(LOOK_MILLIS);
    }
    data.send(room, owner);
    return new LargeRoom(room, earlier + 1);
  }

  private static long receivedAt(LiveSynapse synapse, String event) throws SQLException {
    return synapse.number("select received_ts from events where event_id = ?", event);
  }
}
