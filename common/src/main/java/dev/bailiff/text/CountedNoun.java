package dev.bailiff.text;

import java.util.Map;

/** Words for the findings of a verification. */
public final class CountedNoun {

  private static final Map<String, String> PLURALS =
      Map.of("address", "addresses", "alias", "aliases", "data entry", "data entries");

  private CountedNoun() {}

  /** A number and its thing: {@code 1 event}, {@code 3 events}. */
  public static String of(long count, String thing) {
    return count + " " + (count == 1 ? thing : PLURALS.getOrDefault(thing, thing + "s"));
  }
}
