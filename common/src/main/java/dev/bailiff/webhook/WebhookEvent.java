package dev.bailiff.webhook;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A change of a job that a webhook can ask for. The words are those of the trigger (V14). */
public enum WebhookEvent {
  ACCEPTED,
  STARTED,
  PAUSED,
  RESUMED,
  APPROVAL_WANTED,
  COMPLETED,
  FAILED,
  CANCELLED,
  /** Beside the end of a job: it lists failures of items. */
  ITEMS_FAILED,
  /** Beside the end of a job: its verification found something left over. */
  LEFT_OVER;

  /** Stands for every way in which a job can end. */
  private static final String ENDED = "ended";

  private static final List<WebhookEvent> ENDS = List.of(COMPLETED, FAILED, CANCELLED);

  /** The word in columns and JSON. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** All words that {@link #parse} takes. */
  public static List<String> words() {
    var words = new ArrayList<>(Arrays.stream(values()).map(WebhookEvent::word).toList());
    words.add(ENDED);
    return words;
  }

  /**
   * The words of the events that these words name, each once.
   *
   * @throws IllegalArgumentException if one is no event; its message is a sentence for people
   */
  public static List<String> parse(List<String> words) {
    return words.stream()
        .flatMap(word -> named(word).stream())
        .distinct()
        .sorted()
        .map(WebhookEvent::word)
        .toList();
  }

  private static List<WebhookEvent> named(String word) {
    if (word.equals(ENDED)) {
      return ENDS;
    }
    return Arrays.stream(values())
        .filter(event -> event.word().equals(word))
        .findFirst()
        .map(List::of)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "'" + word + "' is no event; events are " + String.join(", ", words())));
  }
}
