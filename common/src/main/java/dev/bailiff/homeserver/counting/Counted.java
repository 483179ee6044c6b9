package dev.bailiff.homeserver.counting;

import java.util.ArrayList;
import java.util.List;

/**
 * What was counted of the first targets of a list.
 *
 * @param targets how many targets were looked at, those that are left out included
 * @param numbers of the others
 * @param leftOut targets on which a job would do nothing
 */
public record Counted(int targets, Numbers numbers, List<LeftOut> leftOut) {

  /** Nothing was looked at. */
  public static final Counted NONE = new Counted(0, Numbers.NONE, List.of());

  public Counted {
    leftOut = List.copyOf(leftOut);
  }

  /** One target, on which a job would work. */
  public static Counted one(Numbers numbers) {
    return new Counted(1, numbers, List.of());
  }

  /** One target, on which a job would do nothing. */
  public static Counted leftOut(int target, String reason) {
    return new Counted(1, Numbers.NONE, List.of(new LeftOut(target, reason)));
  }

  /** This and what was counted of the targets behind. */
  public Counted plus(Counted behind) {
    var all = new ArrayList<>(leftOut);
    all.addAll(behind.leftOut);
    return new Counted(targets + behind.targets, numbers.plus(behind.numbers), all);
  }
}
