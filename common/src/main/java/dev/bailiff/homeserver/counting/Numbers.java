package dev.bailiff.homeserver.counting;

import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BinaryOperator;

/**
 * Numbers by name, such as {@code events}. What the homeserver cannot tell has a name, too, and no
 * number: a sum with a part that nobody knows is not known either. One number is no sum: {@link
 * CountingPort#LARGEST_ROOM}.
 *
 * @param known none negative
 * @param unknown names that {@code known} does not have
 */
public record Numbers(SortedMap<String, Long> known, SortedSet<String> unknown) {
  public static final Numbers NONE = new Numbers(new TreeMap<>(), new TreeSet<>());

  public Numbers {
    var rest = new TreeMap<>(known);
    rest.keySet().removeAll(unknown);
    known = Collections.unmodifiableSortedMap(rest);
    unknown = Collections.unmodifiableSortedSet(new TreeSet<>(unknown));
  }

  /** One number. */
  public static Numbers of(String name, long number) {
    return NONE.with(name, number);
  }

  private static BinaryOperator<Long> merging(String name) {
    return name.equals(CountingPort.LARGEST_ROOM) ? Long::max : Long::sum;
  }

  /** These numbers and another one. */
  public Numbers with(String name, long number) {
    var more = new TreeMap<>(known);
    more.merge(name, number, merging(name));
    return new Numbers(more, unknown);
  }

  /** These numbers, and the name of one that the homeserver cannot tell. */
  public Numbers withUnknown(String name) {
    var more = new TreeSet<>(unknown);
    more.add(name);
    return new Numbers(known, more);
  }

  /** These numbers without one, known or not. */
  public Numbers without(String name) {
    var rest = new TreeMap<>(known);
    var names = new TreeSet<>(unknown);
    rest.remove(name);
    names.remove(name);
    return new Numbers(rest, names);
  }

  /** The sums with other numbers. */
  public Numbers plus(Numbers others) {
    var sums = new TreeMap<>(known);
    others.known.forEach((name, number) -> sums.merge(name, number, merging(name)));
    var names = new TreeSet<>(unknown);
    names.addAll(others.unknown);
    return new Numbers(sums, names);
  }
}
