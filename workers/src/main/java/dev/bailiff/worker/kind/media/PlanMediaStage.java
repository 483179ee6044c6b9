package dev.bailiff.worker.kind.media;

import dev.bailiff.homeserver.batch.Fact;
import dev.bailiff.homeserver.batch.Target;
import dev.bailiff.schemas.kind.DeleteMediaContract;
import dev.bailiff.worker.kind.PlanStage;
import dev.bailiff.worker.kind.StageContext;
import dev.bailiff.worker.kind.StageServices;
import dev.bailiff.worker.kind.TargetPage;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reports which of the media and of the users are not known. Claims nothing. */
final class PlanMediaStage extends PlanStage {

  PlanMediaStage(StageServices services) {
    super(services, false);
  }

  @Override
  protected List<Fact> facts(StageContext context, TargetPage page) {
    var unknown = new HashSet<>(unknownMedia(page));
    unknown.addAll(unknownUsers(page));
    return known(page, unknown::contains);
  }

  private Set<String> unknownMedia(TargetPage page) {
    var media = page.asTargets().stream().map(Target::id).filter(MediaSelection::isMedium).toList();
    var unknown = new HashSet<>(media);
    int asked = 0;
    while (asked < media.size()) {
      var left = services().homeserver().media().mediaLeft(media.subList(asked, media.size()));
      left.ids().forEach(unknown::remove);
      asked += left.asked();
    }
    return unknown;
  }

  private List<String> unknownUsers(TargetPage page) {
    var users =
        page.asTargets().stream()
            .filter(target -> DeleteMediaContract.isUser(target.id()))
            .toList();
    return users.isEmpty()
        ? List.of()
        : services().homeserver().unknownUsers(users).stream().map(Target::id).toList();
  }
}
