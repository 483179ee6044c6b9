package dev.bailiff.counting;

import dev.bailiff.homeserver.batch.Target;
import dev.bailiff.homeserver.counting.Counted;
import dev.bailiff.homeserver.counting.CountingPort;
import dev.bailiff.homeserver.counting.Numbers;
import dev.bailiff.schemas.kind.CleanUpUsersContract;
import dev.bailiff.schemas.kind.CleanUpUsersParameters;
import java.util.List;
import java.util.Set;

/**
 * {@code clean-up-users}: what the steps that are asked for would work. Only the step {@code
 * redact} leaves users out, of whom nothing is known: who has nothing to do for one of the other
 * steps may have for another.
 */
public final class CleanUpUsersCounter implements KindCounter<CleanUpUsersParameters> {

  @Override
  public String kind() {
    return CleanUpUsersContract.KIND;
  }

  @Override
  public Class<CleanUpUsersParameters> parameters() {
    return CleanUpUsersParameters.class;
  }

  @Override
  public Set<String> items() {
    return Set.of(
        CountingPort.ACCOUNTS, CountingPort.MEMBERSHIPS, CountingPort.EVENTS, CountingPort.MEDIA);
  }

  /** Each step may get to fewer users than the others; then all count those few. */
  @Override
  public Counted count(
      CleanUpUsersParameters parameters, List<Target> targets, CountingTools tools) {
    var steps = new Steps(parameters, tools.homeserver());
    var counted = steps.count(targets);
    while (counted.targets() < targets.size()) {
      targets = targets.subList(0, counted.targets());
      counted = steps.count(targets);
    }
    return counted;
  }

  private record Steps(CleanUpUsersParameters parameters, CountingPort homeserver) {

    /** The numbers hold for all users only if each step has looked at all of them. */
    Counted count(List<Target> users) {
      var redacted = redacted(users);
      var closed = closed(users);
      var media = parameters.deletesMedia() ? homeserver.mediaOf(users) : ofAll(users);
      int least = Math.min(redacted.targets(), Math.min(closed.targets(), media.targets()));
      return new Counted(
          least,
          redacted.numbers().plus(closed.numbers()).plus(media.numbers()),
          redacted.leftOut());
    }

    private Counted redacted(List<Target> users) {
      if (!parameters.redacts()) {
        return ofAll(users);
      }
      var counted = homeserver.events(RedactEventsCounter.asked(parameters.redaction(), users));
      return new Counted(
          counted.targets(), counted.numbers().without(CountingPort.ACCOUNTS), counted.leftOut());
    }

    /** The accounts count in any case, as each step is about them. */
    private Counted closed(List<Target> users) {
      var counted =
          homeserver.accounts(users, Boolean.TRUE.equals(parameters.deactivation().erase()));
      return parameters.deactivates()
          ? counted
          : new Counted(
              counted.targets(), counted.numbers().without(CountingPort.MEMBERSHIPS), List.of());
    }

    private static Counted ofAll(List<Target> users) {
      return new Counted(users.size(), Numbers.NONE, List.of());
    }
  }
}
