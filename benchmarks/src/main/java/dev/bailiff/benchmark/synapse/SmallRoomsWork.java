package dev.bailiff.benchmark.synapse;

import dev.bailiff.benchmark.live.LiveSynapse;
import dev.bailiff.benchmark.live.SynapseScale;
import dev.bailiff.benchmark.measure.Bound;
import dev.bailiff.benchmark.stack.SynapseStack.Order;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** One {@code delete-rooms} job for small rooms, beside Synapse's calls, five rooms at a time. */
final class SmallRoomsWork implements SynapseWork<List<String>> {
  private static final int AT_A_TIME = 5;
  private static final int MESSAGES = 5;

  @Override
  public String name() {
    return "synapse-rooms";
  }

  @Override
  public String work(SynapseScale scale) {
    return "delete " + scale.smallRooms() + " small rooms in one job";
  }

  @Override
  public long items(SynapseScale scale) {
    return scale.smallRooms();
  }

  @Override
  public Bound bound() {
    return Bound.timesAtMost(1.2);
  }

  @Override
  public List<String> furnish(LiveSynapse synapse, SynapseScale scale) {
    return rooms(synapse, scale.smallRooms());
  }

  @Override
  public List<String> furnishWarmUp(LiveSynapse synapse) {
    return rooms(synapse, 2);
  }

  /** Rooms of one owner and two others. */
  private static List<String> rooms(LiveSynapse synapse, int count) {
    var data = synapse.data();
    var members = data.users(3);
    List<String> rooms = new ArrayList<>();
    for (int n = 0; n < count; n++) {
      rooms.add(data.room(members.get(0)));
    }
    data.joinAll(rooms, members.subList(1, members.size()));
    data.send(rooms, members.get(0), MESSAGES);
    return rooms;
  }

  @Override
  public Order job(List<String> rooms) {
    return LargeRoomPurge.deletion(rooms);
  }

  @Override
  public void byHand(LiveSynapse synapse, List<String> rooms) {
    synapse.byHand().deleteRooms(rooms, AT_A_TIME);
  }

  @Override
  public List<String> traces(LiveSynapse synapse, List<String> rooms) throws SQLException {
    return RoomTraces.of(synapse, rooms);
  }
}
