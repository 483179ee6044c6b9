package dev.bailiff.testing.homeserver.contract;

import dev.bailiff.homeserver.batch.Target;
import dev.bailiff.homeserver.deactivation.AccountClosing;
import dev.bailiff.homeserver.deactivation.DeactivationPort;
import dev.bailiff.homeserver.deactivation.RoomParting;
import dev.bailiff.testing.homeserver.BatchDriver;
import java.util.List;

/** The steps of {@code deactivate-users}, each worked to its end. */
public record DeactivationSteps(DeactivationPort port) {

  public BatchDriver.Total close(List<Target> users, boolean erase) {
    return BatchDriver.run(
        (cursor, commit) -> port.closeAccounts(new AccountClosing(users, erase), commit));
  }

  public BatchDriver.Total part(List<Target> users) {
    return BatchDriver.run(
        (cursor, commit) -> port.leaveRooms(new RoomParting(users, cursor, 2), commit));
  }
}
