package dev.bailiff.homeserver.batch;

import java.util.List;

/**
 * The result of {@code verify} for a target.
 *
 * @param target number of the target
 * @param word whether the target is gone
 * @param leftOver of {@link Word#LEFT_OVER}: things that should be gone and are not, in words that
 *     name the table or thing and the number ({@code "3 events"}); of {@link Word#UNKNOWN}: the
 *     reasons; of {@link Word#CHANGED_SINCE}: what is there again; of {@link Word#GONE}: empty
 */
public record Verdict(int target, Word word, List<String> leftOver) {

  /** The result of a check in one word. */
  public enum Word {
    GONE("gone"),
    LEFT_OVER("left-over"),
    /** The job did its work on the target, and somebody else has changed the target since. */
    CHANGED_SINCE("changed-since"),
    /** The homeserver cannot answer the question. */
    UNKNOWN("unknown");

    private final String text;

    Word(String text) {
      this.text = text;
    }

    /** The word of the API. */
    public String text() {
      return text;
    }
  }

  /** Gone if nothing is left over. */
  public Verdict(int target, List<String> leftOver) {
    this(target, leftOver.isEmpty() ? Word.GONE : Word.LEFT_OVER, leftOver);
  }

  /** The same findings, which somebody else has brought about since. */
  public Verdict asChangedSince() {
    return new Verdict(target, Word.CHANGED_SINCE, leftOver);
  }

  /** A check that could not be made, with its reason. */
  public static Verdict unknown(int target, String reason) {
    return new Verdict(target, Word.UNKNOWN, List.of(reason));
  }
}
