package dev.bailiff.worker.kind.roomdeletion;

import dev.bailiff.homeserver.batch.Verdict;
import dev.bailiff.worker.kind.ShownMediaLeft;
import dev.bailiff.worker.kind.StageContext;
import dev.bailiff.worker.kind.StageServices;
import dev.bailiff.worker.kind.TargetPage;
import dev.bailiff.worker.kind.VerifyStage;
import java.util.ArrayList;
import java.util.List;

/** Checks whether the members, and after a purge everything else of the room, are gone. */
final class VerifyRoomsStage extends VerifyStage {

  VerifyRoomsStage(StageServices services) {
    super(services);
  }

  @Override
  public Look look(StageContext context, TargetPage page) {
    var rooms =
        services()
            .homeserver()
            .roomDeletion()
            .verifyRooms(page.asTargets(), DeleteRoomsOptions.of(context).purge());
    return Look.of(
        NotePurgedMediaStage.isWanted(context) ? withMedia(context, page, rooms) : rooms);
  }

  private List<Verdict> withMedia(StageContext context, TargetPage page, List<Verdict> rooms) {
    var media = new ShownMediaLeft(services());
    var verdicts = new ArrayList<Verdict>();
    for (int n = 0; n < rooms.size(); n++) {
      var room = rooms.get(n);
      var left = new ArrayList<>(room.leftOver());
      left.addAll(media.of(context, page.targets().get(n)));
      verdicts.add(room.word() == Verdict.Word.UNKNOWN ? room : new Verdict(room.target(), left));
    }
    return verdicts;
  }
}
