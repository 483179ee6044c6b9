package dev.bailiff.standalone.fault.synapse;

import dev.bailiff.homeserver.Homeserver;
import dev.bailiff.homeserver.batch.BatchCommit;
import dev.bailiff.homeserver.batch.BatchOutcome;
import dev.bailiff.homeserver.batch.PaceWish;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Ends this process at moments in the operations of the homeserver's port, as {@code kill -9} does.
 *
 * <p>At the moment {@code redact} Synapse has answered that operation, and nothing of it is
 * recorded. {@code redact:fence} is before Synapse is asked to change anything, {@code redact:task}
 * is the first record that names a task of Synapse, and {@code redact:done} the first one that
 * counts something done. Each moment kills one process of all: the process that dies leaves a
 * marker. It lives on for a second in which others of its threads may come to their own moments.
 */
final class Deaths {
  private static final Duration LAST_MOMENTS = Duration.ofSeconds(1);

  private final Path markers;
  private final List<String> moments;

  /**
   * @param markers a folder; a file in it names a moment at which a process died
   */
  Deaths(Path markers, List<String> moments) {
    this.markers = markers;
    this.moments = moments;
  }

  /** The homeserver, in whose operations this process dies. */
  Homeserver in(Homeserver homeserver) {
    return mortal(Homeserver.class, homeserver);
  }

  private <T> T mortal(Class<T> port, Object real) {
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (proxy, method, arguments) -> call(real, method, arguments)));
  }

  private @Nullable Object call(Object real, Method method, Object @Nullable [] arguments)
      throws Throwable {
    if (method.getReturnType().getSimpleName().endsWith("Port")) {
      return mortal(method.getReturnType(), invoke(real, method, arguments));
    }
    int last = arguments == null ? -1 : arguments.length - 1;
    if (last >= 0 && arguments[last] instanceof BatchCommit commit) {
      arguments[last] = new MortalCommit(commit, method.getName());
      return invoke(real, method, arguments);
    }
    var result = invoke(real, method, arguments);
    dieAt(method.getName());
    return result;
  }

  private static Object invoke(Object real, Method method, Object @Nullable [] arguments)
      throws Throwable {
    try {
      return method.invoke(real, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private void dieAt(String moment) {
    if (moments.contains(moment) && isFirst(moment)) {
      System.out.println("dying at " + moment);
      LockSupport.parkNanos(LAST_MOMENTS.toNanos());
      Runtime.getRuntime().halt(137);
    }
  }

  private boolean isFirst(String moment) {
    try {
      return markers.resolve(moment).toFile().createNewFile();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The moments at which processes died. */
  static List<String> in(Path markers) {
    try (var files = Files.list(markers)) {
      return files.map(file -> file.getFileName().toString()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private final class MortalCommit implements BatchCommit {
    private final BatchCommit commit;
    private final String operation;

    MortalCommit(BatchCommit commit, String operation) {
      this.commit = commit;
      this.operation = operation;
    }

    @Override
    public void fence() {
      commit.fence();
      dieAt(operation + ":fence");
    }

    @Override
    public BatchOutcome record(BatchOutcome outcome) {
      dieAt(operation);
      if (outcome.listEntries().stream().anyMatch(entry -> entry.list().equals("synapse_tasks"))) {
        dieAt(operation + ":task");
      }
      if (outcome.done() > 0) {
        dieAt(operation + ":done");
      }
      return commit.record(outcome);
    }

    @Override
    public PaceWish pace() {
      return commit.pace();
    }

    @Override
    public void paced(String speed) {
      commit.paced(speed);
    }
  }
}
