package dev.bailiff.gateway.job.submit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * What each of some targets means, read before the transaction that stores it: that asks nobody, as
 * it would hold its locks for as long as another machine thinks.
 *
 * @param pages of ids, by target
 */
record Meanings(Map<String, List<List<String>>> pages) {

  /**
   * Reads them now.
   *
   * @param reader gives the ids of a target in pages
   */
  static Meanings of(List<String> targets, BiConsumer<String, Consumer<List<String>>> reader) {
    Map<String, List<List<String>>> pages = new HashMap<>();
    for (var target : targets) {
      List<List<String>> of = new ArrayList<>();
      reader.accept(target, page -> of.add(List.copyOf(page)));
      pages.put(target, of);
    }
    return new Meanings(pages);
  }

  /** Gives what a target means, in pages. */
  void tell(String target, Consumer<List<String>> sink) {
    pages.getOrDefault(target, List.of()).forEach(sink);
  }
}
