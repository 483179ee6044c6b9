package dev.bailiff.job;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * Targets that are in memory.
 *
 * @param ids distinct, in ascending byte order
 */
record TargetList(List<String> ids) implements TargetSource {

  static TargetList of(Collection<String> ids) {
    var sorted = ids.toArray(String[]::new);
    Arrays.sort(sorted, TargetOrder::compare);
    int distinct = 0;
    for (var id : sorted) {
      if (distinct == 0 || !id.equals(sorted[distinct - 1])) {
        sorted[distinct++] = id;
      }
    }
    return new TargetList(Arrays.asList(sorted).subList(0, distinct));
  }

  @Override
  public Reading open() {
    return new Pass(ids);
  }

  private static final class Pass implements Reading {
    private final List<String> ids;
    private int given;

    Pass(List<String> ids) {
      this.ids = ids;
    }

    @Override
    public List<String> next(int most) {
      int from = given;
      given = Math.min(ids.size(), from + most);
      return ids.subList(from, given);
    }
  }
}
