package dev.bailiff.worker.kind.deletemedia;

import dev.bailiff.homeserver.Cursor;
import dev.bailiff.homeserver.MediaScope;
import dev.bailiff.homeserver.Range;
import dev.bailiff.homeserver.RangePage;
import dev.bailiff.homeserver.Verdict;
import dev.bailiff.job.store.JobTargets.OpenTarget;
import dev.bailiff.worker.kind.StageContext;
import dev.bailiff.worker.kind.StageServices;
import dev.bailiff.worker.kind.VerifyStage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Counts the media of the targets of which a record is left. Files go before their records, so
 * where no record is, no file is either.
 */
final class VerifyMediaStage extends VerifyStage {
  private static final int PAGE = 1000;

  private final KeptProfiles profiles;

  VerifyMediaStage(StageServices services) {
    super(services);
    this.profiles = new KeptProfiles(services.targets());
  }

  @Override
  public Batches batches() {
    return new Batches(50, PAGE);
  }

  @Override
  protected List<Verdict> verify(StageContext context, List<OpenTarget> page) {
    var meaning = Meaning.of(context);
    var named = page.stream().map(OpenTarget::id).filter(Meaning::isMedium).toList();
    var namedLeft = new HashSet<>(services().homeserver().mediaLeft(named));
    var verdicts = new ArrayList<Verdict>();
    for (var target : page) {
      long left =
          Meaning.isMedium(target.id())
              ? (namedLeft.contains(target.id()) ? 1 : 0)
              : left(context, meaning, target);
      verdicts.add(new Verdict(target.number(), words(left)));
    }
    return verdicts;
  }

  private long left(StageContext context, Meaning meaning, OpenTarget target) {
    if (Meaning.isAll(target.id())) {
      return sweptLeft(context, meaning, target);
    }
    return meaning.isListed() ? listedLeft(context, target) : ownedLeft(target.id());
  }

  private long listedLeft(StageContext context, OpenTarget target) {
    long left = 0;
    var after = "";
    List<String> ids;
    do {
      ids = services().targets().media(context.id(), target.number(), after, PAGE);
      left += services().homeserver().mediaLeft(ids).size();
      after = ids.isEmpty() ? after : ids.get(ids.size() - 1);
    } while (ids.size() == PAGE);
    return left;
  }

  private long ownedLeft(String user) {
    long left = 0;
    Cursor after = null;
    do {
      RangePage page = services().homeserver().mediaRanges(MediaScope.of(user), after, PAGE);
      left += page.ranges().stream().mapToLong(Range::items).sum();
      after = page.next();
    } while (after != null);
    return left;
  }

  private long sweptLeft(StageContext context, Meaning meaning, OpenTarget target) {
    var scope = meaning.scope(target.id());
    long left = 0;
    Cursor after = null;
    do {
      RangePage page =
          scope == null
              ? new RangePage(List.of(), null)
              : services().homeserver().mediaRanges(scope, after, PAGE);
      for (Range range : page.ranges()) {
        left += sweptLeft(context, meaning, target, range);
      }
      after = page.next();
    } while (after != null);
    return left;
  }

  private long sweptLeft(StageContext context, Meaning meaning, OpenTarget target, Range range) {
    long left = 0;
    @Nullable Cursor after = null;
    do {
      var page = services().homeserver().media(range, after, PAGE);
      var kept =
          meaning.keepsProfiles() ? profiles.among(context, target.number(), page.ids()).size() : 0;
      left += page.ids().size() - kept;
      after = page.next();
    } while (after != null);
    return left;
  }

  private static List<String> words(long left) {
    return left == 0 ? List.of() : List.of(left == 1 ? "1 medium" : left + " media");
  }
}
