package dev.bailiff.counting;

import dev.bailiff.homeserver.counting.CountingPort;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a kind counts with.
 *
 * @param lists the meaning of the targets, as it was fixed when the dry run was accepted
 */
public record CountingTools(CountingPort homeserver, Lists lists) {

  /** The lists of items beside the targets of a job. */
  @FunctionalInterface
  public interface Lists {

    /**
     * A page of a list, ascending.
     *
     * @param target number of the target
     * @param after the page begins behind this item; null for the first page
     */
    List<String> items(int target, String list, @Nullable String after, int limit);
  }
}
