package dev.bailiff.gateway.job.upload;

/**
 * A target as a body names it.
 *
 * @param place where, for people: {@code line 4}
 */
public record ArrivingTarget(String id, Place place) {

  /** A place in a body. */
  public record Place(String unit, long number) {
    @Override
    public String toString() {
      return unit + " " + number;
    }
  }

  /** A target in a line, which is 1-based. */
  static ArrivingTarget inLine(String id, long line) {
    return new ArrivingTarget(id, new Place("line", line));
  }

  /** A target in a list, of which the first is 1. */
  static ArrivingTarget inList(String id, long number) {
    return new ArrivingTarget(id, new Place("target", number));
  }
}
