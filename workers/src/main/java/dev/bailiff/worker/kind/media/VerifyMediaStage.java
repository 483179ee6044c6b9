package dev.bailiff.worker.kind.media;

import dev.bailiff.homeserver.batch.Verdict;
import dev.bailiff.job.store.JobTargets.OpenTarget;
import dev.bailiff.worker.kind.StageContext;
import dev.bailiff.worker.kind.StageServices;
import dev.bailiff.worker.kind.TargetPage;
import dev.bailiff.worker.kind.VerifyStage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * Counts the media of the targets whose records are left. A file is deleted before its record, so a
 * medium without a record has no file either.
 */
final class VerifyMediaStage extends VerifyStage {
  private static final int NAMED_A_CALL = 100;

  VerifyMediaStage(StageServices services) {
    super(services);
  }

  @Override
  public Batches batches() {
    return new Batches(50, 1000);
  }

  @Override
  public Look look(StageContext context, TargetPage page) {
    var verdicts = new ArrayList<Verdict>();
    var within = page.within();
    var targets = page.targets();
    while (verdicts.size() < targets.size()
        && (verdicts.isEmpty() || !context.deadline().isOver())) {
      var rest = targets.subList(verdicts.size(), targets.size());
      if (MediaSelection.isMedium(rest.get(0).id())) {
        verdicts.addAll(named(rest));
        continue;
      }
      if (MediaSelection.isAll(rest.get(0).id())
          && services().homeserver().traits().sweepsMedia()) {
        verdicts.add(Verdict.unknown(rest.get(0).number(), "the homeserver lists no media by age"));
        continue;
      }
      var counted = new MediaCount(services(), context, rest.get(0)).from(within);
      within = counted.within();
      if (within != null) {
        break;
      }
      verdicts.add(new Verdict(rest.get(0).number(), words(counted.left())));
    }
    return Look.of(verdicts, within);
  }

  /** The verdicts on the first targets, as far as they are single media. */
  private List<Verdict> named(List<OpenTarget> targets) {
    var media =
        targets.stream()
            .limit(NAMED_A_CALL)
            .takeWhile(target -> MediaSelection.isMedium(target.id()))
            .toList();
    var found =
        services().homeserver().media().mediaLeft(media.stream().map(OpenTarget::id).toList());
    var left = new HashSet<>(found.ids());
    return media.stream()
        .limit(found.asked())
        .map(target -> new Verdict(target.number(), words(left.contains(target.id()) ? 1 : 0)))
        .toList();
  }

  private static List<String> words(long left) {
    return left == 0 ? List.of() : List.of(left == 1 ? "1 medium" : left + " media");
  }
}
