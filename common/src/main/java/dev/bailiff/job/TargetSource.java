package dev.bailiff.job;

import java.util.Collection;
import java.util.List;

/**
 * The source of a job's targets. A source returns each target once, in ascending byte order. The
 * source need not know how many there are: the accepting transaction counts them while it stores
 * them.
 */
@FunctionalInterface
public interface TargetSource {

  /** Begins at the first target. A source may be read several times. */
  Reading open();

  /** One pass over the targets. */
  @FunctionalInterface
  interface Reading extends AutoCloseable {

    /**
     * The next targets.
     *
     * @param most how many are returned at most
     * @return none at the end
     */
    List<String> next(int most);

    @Override
    default void close() {}
  }

  /** A source of some ids, in any order. An id that occurs twice is one target. */
  static TargetSource of(Collection<String> ids) {
    return TargetList.of(ids);
  }
}
