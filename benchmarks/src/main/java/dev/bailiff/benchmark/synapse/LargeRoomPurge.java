package dev.bailiff.benchmark.synapse;

import dev.bailiff.benchmark.live.LargeRoom;
import dev.bailiff.benchmark.live.LiveSynapse;
import dev.bailiff.benchmark.live.SynapseApi;
import dev.bailiff.benchmark.live.SynapseScale;
import dev.bailiff.benchmark.stack.SynapseStack.Order;
import dev.bailiff.schemas.kind.DeleteRoomsContract;
import java.sql.SQLException;
import java.util.List;

/** A {@code delete-rooms} job for one room of many events, beside one call of Synapse. */
abstract class LargeRoomPurge implements SynapseWork<LargeRoom> {
  private final int warmUpEvents;

  /**
   * @param warmUpEvents events of the room that both sides warm up on
   */
  LargeRoomPurge(int warmUpEvents) {
    this.warmUpEvents = warmUpEvents;
  }

  @Override
  public final LargeRoom furnish(LiveSynapse synapse, SynapseScale scale)
      throws InterruptedException, SQLException {
    return LargeRoom.make(synapse, Math.toIntExact(items(scale)));
  }

  @Override
  public final LargeRoom furnishWarmUp(LiveSynapse synapse)
      throws InterruptedException, SQLException {
    return LargeRoom.make(synapse, warmUpEvents);
  }

  @Override
  public final Order job(LargeRoom room) {
    return deletion(List.of(room.room()));
  }

  static Order deletion(List<String> rooms) {
    return new Order(
        DeleteRoomsContract.KIND, rooms, SynapseApi.object().put("purge", true), "fast");
  }

  @Override
  public final void byHand(LiveSynapse synapse, LargeRoom room) {
    synapse.byHand().deleteRoom(room.room());
  }

  @Override
  public final List<String> traces(LiveSynapse synapse, LargeRoom room) throws SQLException {
    return RoomTraces.of(synapse, List.of(room.room()));
  }
}
