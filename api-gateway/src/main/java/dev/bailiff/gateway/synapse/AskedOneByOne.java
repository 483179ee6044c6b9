package dev.bailiff.gateway.synapse;

import dev.bailiff.homeserver.synapse.counting.FirstReads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Asks Synapse one question after the other, for about a second: a caller waits. */
final class AskedOneByOne implements FirstReads {
  private static final Duration ENOUGH = Duration.ofSeconds(1);

  @Override
  public <T, R> List<R> readFirst(List<T> items, Function<T, R> call) {
    long end = System.nanoTime() + ENOUGH.toNanos();
    var answers = new ArrayList<R>();
    for (var item : items) {
      if (!answers.isEmpty() && System.nanoTime() - end >= 0) {
        break;
      }
      answers.add(Asked.of(() -> call.apply(item)));
    }
    return answers;
  }
}
