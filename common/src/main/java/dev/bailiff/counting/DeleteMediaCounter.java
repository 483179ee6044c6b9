package dev.bailiff.counting;

import dev.bailiff.homeserver.batch.Target;
import dev.bailiff.homeserver.counting.Counted;
import dev.bailiff.homeserver.counting.CountingPort;
import dev.bailiff.homeserver.counting.SweptMedia;
import dev.bailiff.schemas.kind.DeleteMediaContract;
import dev.bailiff.schemas.kind.DeleteMediaParameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** {@code delete-media}: files and their bytes, of whatever the targets stand for. */
public final class DeleteMediaCounter implements KindCounter<DeleteMediaParameters> {
  private static final int PAGE = 1_000;

  @Override
  public String kind() {
    return DeleteMediaContract.KIND;
  }

  @Override
  public Class<DeleteMediaParameters> parameters() {
    return DeleteMediaParameters.class;
  }

  @Override
  public Set<String> items() {
    return Set.of(CountingPort.MEDIA);
  }

  /** Targets of one sort come after each other; a call looks at the first ones of one sort. */
  @Override
  public Counted count(
      DeleteMediaParameters parameters, List<Target> targets, CountingTools tools) {
    var first = targets.get(0);
    if (first.id().equals(DeleteMediaContract.ALL)) {
      return all(first, parameters, tools.homeserver());
    }
    boolean users = DeleteMediaContract.isUser(first.id());
    if (users && parameters.page() != null) {
      return page(first, tools);
    }
    var alike =
        targets.stream()
            .takeWhile(target -> !target.id().equals(DeleteMediaContract.ALL))
            .takeWhile(target -> DeleteMediaContract.isUser(target.id()) == users)
            .toList();
    return users ? tools.homeserver().mediaOf(alike) : tools.homeserver().media(alike);
  }

  private static Counted all(
      Target all, DeleteMediaParameters parameters, CountingPort homeserver) {
    var before = parameters.beforeTs();
    var larger = parameters.sizeGt();
    return homeserver.media(
        all,
        new SweptMedia(
            before == null ? 0 : before,
            larger == null ? 0 : larger,
            !Boolean.FALSE.equals(parameters.keepProfiles())));
  }

  /** The media of a page of a user's media, which was fixed when the job was accepted. */
  private static Counted page(Target user, CountingTools tools) {
    var sum = Counted.NONE;
    String after = null;
    List<String> ids;
    do {
      ids = tools.lists().items(user.number(), DeleteMediaContract.PAGE_MEDIA, after, PAGE);
      if (!ids.isEmpty()) {
        sum = sum.plus(listed(ids, user, tools.homeserver()));
        after = ids.get(ids.size() - 1);
      }
    } while (ids.size() == PAGE);
    return Counted.one(sum.numbers());
  }

  private static Counted listed(List<String> ids, Target user, CountingPort homeserver) {
    var rest = new ArrayList<Target>();
    ids.forEach(id -> rest.add(new Target(user.number(), id)));
    var sum = Counted.NONE;
    while (sum.targets() < rest.size()) {
      sum = sum.plus(homeserver.media(rest.subList(sum.targets(), rest.size())));
    }
    return sum;
  }
}
