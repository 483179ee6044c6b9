package dev.bailiff.standalone.fault.synapse;

import dev.bailiff.testing.process.ChildProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Two workers that die at moments of the test. In the place of a dead one another is started. */
final class MortalWorkers {
  private final LiveStack stack;
  private final SynapseAddress address;
  private final Path markers;
  private final List<String> moments;
  private final ChildProcess[] alive;

  MortalWorkers(LiveStack stack, SynapseAddress address, Path markers, List<String> moments) {
    this.stack = stack;
    this.address = address;
    this.markers = create(markers);
    this.moments = moments;
    this.alive = new ChildProcess[] {start(), start()};
  }

  private ChildProcess start() {
    return stack.mortalWorker(address, markers, moments);
  }

  /** Starts another worker for each one that died. */
  void replaceTheDead() {
    for (int n = 0; n < alive.length; n++) {
      if (!alive[n].isAlive()) {
        alive[n] = start();
      }
    }
  }

  /** The moments at which workers died so far. */
  List<String> deaths() {
    return Deaths.in(markers);
  }

  private static Path create(Path folder) {
    try {
      return Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
