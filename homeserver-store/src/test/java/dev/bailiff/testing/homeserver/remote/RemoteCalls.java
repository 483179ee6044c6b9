package dev.bailiff.testing.homeserver.remote;

import dev.bailiff.homeserver.batch.BatchCommit;
import dev.bailiff.homeserver.batch.BatchOutcome;
import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.homeserver.batch.Fact;
import dev.bailiff.homeserver.batch.Failure;
import dev.bailiff.homeserver.batch.Snooze;
import dev.bailiff.homeserver.batch.Target;
import dev.bailiff.testing.homeserver.remote.RemoteServer.RemoteTask;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The calls to the remote server, under the conditions of the network. */
record RemoteCalls(RemoteServer server, RemoteConditions conditions) {
  /**
   * Fence, effect, record: if the answer is lost on the way back, the work was done but is not
   * recorded.
   */
  BatchOutcome operation(
      BatchCommit commit, String what, @Nullable Cursor cursor, Supplier<BatchOutcome> effect) {
    commit.fence();
    Optional<Snooze> snooze = conditions.request(what + (cursor == null ? "" : cursor.value()));
    BatchOutcome outcome;
    if (snooze.isPresent()) {
      outcome = BatchOutcome.snooze(cursor, snooze.get());
    } else {
      synchronized (server) {
        outcome = effect.get();
      }
      conditions.answer();
    }
    return commit.record(outcome);
  }

  /**
   * Makes a request for each entry; settles the entries at the front, and returns the first that is
   * not settled.
   */
  BatchOutcome list(
      BatchCommit commit,
      String what,
      List<Target> targets,
      Function<Target, BatchOutcome> effect) {
    return each(
        commit,
        targets,
        target -> what + " " + target.id(),
        number -> targets.get(number).cursor(),
        effect);
  }

  /**
   * Settles items one by one.
   *
   * @param place the cursor at the item with this index
   */
  <T> BatchOutcome each(
      BatchCommit commit,
      List<T> items,
      Function<T, String> what,
      IntFunction<Cursor> place,
      Function<T, BatchOutcome> effect) {
    commit.fence();
    conditions.wish(commit.pace());
    BatchOutcome outcome = BatchOutcome.of(0, 0, null);
    for (int n = 0; n < items.size(); n++) {
      T item = items.get(n);
      if (n == conditions.listed()) {
        outcome = outcome.withNext(place.apply(n));
        break;
      }
      Optional<Snooze> snooze = conditions.request(what.apply(item));
      if (snooze.isPresent()) {
        outcome = plus(outcome, BatchOutcome.snooze(place.apply(n), snooze.get()));
        break;
      }
      synchronized (server) {
        outcome = plus(outcome, effect.apply(item));
      }
      conditions.answer();
    }
    return commit.record(outcome);
  }

  private static BatchOutcome plus(BatchOutcome sum, BatchOutcome next) {
    return new BatchOutcome(
        sum.done() + next.done(),
        sum.skipped() + next.skipped(),
        concat(sum.failures(), next.failures()),
        concat(sum.listEntries(), next.listEntries()),
        concat(sum.facts(), next.facts()),
        next.next(),
        next.snooze());
  }

  private static <T> List<T> concat(List<T> first, List<T> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }

  /** The entries of a list to which one read gets. */
  <T> List<T> first(List<T> list) {
    return list.subList(0, Math.min(list.size(), conditions.listed()));
  }

  <T> T read(Supplier<T> query) {
    conditions.read();
    synchronized (server) {
      return query.get();
    }
  }

  /** How often a task of the remote side is still running when polled. */
  int polls() {
    return conditions.polls();
  }

  /** The state of a task: running, finished, or finished and reported before. */
  BatchOutcome outcome(RemoteTask task, Cursor here, @Nullable Cursor next) {
    if (task.polls > 0) {
      task.polls--;
      return BatchOutcome.snooze(here, conditions.snooze());
    }
    if (task.reported) {
      return BatchOutcome.of(0, task.done + task.skipped, next);
    }
    task.reported = true;
    return BatchOutcome.of(task.done, task.skipped, next);
  }

  static BatchOutcome settled(boolean changed, List<Fact> facts) {
    return new BatchOutcome(
        changed ? 1 : 0, changed ? 0 : 1, List.of(), List.of(), facts, null, null);
  }

  static BatchOutcome failed(Target target, int status, String code, String text) {
    return new BatchOutcome(
        0, 0, List.of(failure(target, status, code, text)), List.of(), List.of(), null, null);
  }

  static Failure failure(Target target, int status, String code, String text) {
    return new Failure(target.id(), target.number(), true, status, code, text);
  }
}
