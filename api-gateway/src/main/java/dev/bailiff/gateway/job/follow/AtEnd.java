package dev.bailiff.gateway.job.follow;

import java.util.ArrayList;
import java.util.List;

/**
 * What a follower gives back when it ends, the last first. Each is given back once, also if it was
 * taken after the end.
 *
 * <p><b>Concurrency:</b> thread-safe.
 */
final class AtEnd implements Runnable {
  private final List<Runnable> toGiveBack = new ArrayList<>();
  private boolean hasEnded;

  void add(Runnable giveBack) {
    synchronized (this) {
      if (!hasEnded) {
        toGiveBack.add(0, giveBack);
        return;
      }
    }
    giveBack.run();
  }

  @Override
  public void run() {
    List<Runnable> all;
    synchronized (this) {
      hasEnded = true;
      all = List.copyOf(toGiveBack);
      toGiveBack.clear();
    }
    all.forEach(Runnable::run);
  }
}
