package dev.bailiff.access;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The scopes of a token, by their words.
 *
 * @param words such as {@code users:read}, {@code jobs:submit:delete-rooms} and {@code
 *     jobs:submit:*}
 */
public record Scopes(Set<String> words) {
  private static final String SUBMIT = Scope.JOBS_SUBMIT.word() + ":";
  private static final String SUBMIT_ANY = SUBMIT + "*";

  /** Every scope: what server admins may, and the token of a data folder. */
  public static final Scopes ALL =
      new Scopes(
          Arrays.stream(Scope.values()).map(Scopes::word).collect(Collectors.toUnmodifiableSet()));

  /** What a token may that was made before there were scopes: all but overriding guard rails. */
  public static final Scopes LEGACY =
      new Scopes(
          ALL.words.stream()
              .filter(word -> !word.equals(Scope.JOBS_FORCE.word()))
              .collect(Collectors.toUnmodifiableSet()));

  public Scopes {
    words = Set.copyOf(words);
  }

  /** Some whole scopes; submissions of every kind if they are among them. */
  public static Scopes of(Scope... scopes) {
    return new Scopes(Arrays.stream(scopes).map(Scopes::word).collect(Collectors.toSet()));
  }

  /**
   * Reads words of people.
   *
   * @param kinds names of the kinds that there are
   * @throws IllegalArgumentException that names the first word that is no scope
   */
  public static Scopes parse(Collection<String> words, Collection<String> kinds) {
    for (var word : words) {
      boolean isKnown =
          word.startsWith(SUBMIT)
              ? word.equals(SUBMIT_ANY) || kinds.contains(word.substring(SUBMIT.length()))
              : Scope.of(word).filter(scope -> scope != Scope.JOBS_SUBMIT).isPresent();
      if (!isKnown) {
        throw new IllegalArgumentException(
            "'" + word + "' is no scope; there are " + String.join(", ", ALL.sorted()));
      }
    }
    return new Scopes(Set.copyOf(words));
  }

  /** Whether a scope is among them; of submissions, whether any kind is. */
  public boolean allow(Scope scope) {
    return scope == Scope.JOBS_SUBMIT
        ? words.stream().anyMatch(word -> word.startsWith(SUBMIT))
        : words.contains(scope.word());
  }

  /** Whether jobs of a kind may be submitted. */
  public boolean allowSubmission(String kind) {
    return words.contains(SUBMIT_ANY) || words.contains(SUBMIT + kind);
  }

  /** Whether they allow all that others allow. */
  public boolean cover(Scopes others) {
    return others.words.stream()
        .allMatch(
            word ->
                words.contains(word) || (word.startsWith(SUBMIT) && words.contains(SUBMIT_ANY)));
  }

  /** The words in alphabetical order. */
  public List<String> sorted() {
    return List.copyOf(new TreeSet<>(words));
  }

  private static String word(Scope scope) {
    return scope == Scope.JOBS_SUBMIT ? SUBMIT_ANY : scope.word();
  }
}
