package dev.bailiff.worker;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jdbi.v3.core.Handle;

/**
 * Writes remote messages of a very low depth into a room, one transaction each. Like batches of
 * other jobs, it writes under the shared lock on the room's row. It ends when it is closed or the
 * room is gone.
 */
final class RoomWriter implements AutoCloseable {
  private final OldRoom room;
  private final List<Written> written = new CopyOnWriteArrayList<>();
  private final Thread thread;
  private volatile boolean stopped;

  /** An event, and its place in the order of arrival. */
  record Written(String event, long arrival) {}

  private RoomWriter(OldRoom room) {
    this.room = room;
    this.thread = new Thread(this::run, "room-writer");
  }

  static RoomWriter start(OldRoom room) {
    var writer = new RoomWriter(room);
    writer.thread.start();
    return writer;
  }

  private void run() {
    while (!stopped && room.jdbi().inTransaction(this::write)) {
      Thread.onSpinWait();
    }
  }

  private boolean write(Handle handle) {
    var locked =
        handle
            .createQuery("select room_id from homeserver.room where room_id = :room for key share")
            .bind("room", room.id())
            .mapTo(String.class)
            .findOne();
    if (locked.isEmpty()) {
      return false;
    }
    var event = "$written-" + written.size() + room.id();
    long arrival =
        handle
            .createQuery(
                """
                insert into homeserver.event
                  (stream_ordering, depth, origin_server_ts, room_id, event_id, type, sender, content)
                values (nextval('homeserver.event_stream_ordering'), 5, 1, :room, :event,
                        'm.room.message', '@late:away.example', '{}')
                returning stream_ordering
                """)
            .bind("room", room.id())
            .bind("event", event)
            .mapTo(Long.class)
            .one();
    written.add(new Written(event, arrival));
    return true;
  }

  /** The events written so far. */
  List<Written> written() {
    return List.copyOf(written);
  }

  /** Waits until the room is gone. */
  void awaitEnd() throws InterruptedException {
    thread.join(30_000);
    if (thread.isAlive()) {
      throw new AssertionError("the room is still there");
    }
  }

  @Override
  public void close() throws InterruptedException {
    stopped = true;
    thread.join();
  }
}
