package dev.bailiff.standalone;

import dev.bailiff.testing.process.ChildProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A small disk that a test can fill: a tmpfs in a mount namespace. No other process sees the disk,
 * and the disk goes with the last process in the namespace. Root makes it with {@code unshare -m};
 * other users with {@code unshare -rm}, where the system lets users have namespaces.
 */
final class SmallDisk implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final ChildProcess holder;
  private final Path mounted;
  private final boolean root;

  private SmallDisk(ChildProcess holder, Path mounted, boolean root) {
    this.holder = holder;
    this.mounted = mounted;
    this.root = root;
  }

  /** Mounts a disk at this empty folder, for processes that run {@link #inside}. */
  static SmallDisk at(Path folder, int megabytes) {
    boolean root = "root".equals(System.getProperty("user.name"));
    var holder =
        ChildProcess.program(Path.of("/usr/bin/unshare"))
            .args(
                root ? "-m" : "-rm",
                "sh",
                "-c",
                "mount -t tmpfs -o mode=755,size="
                    + megabytes
                    + "m bailiff-test \"$0\" && echo mounted && exec sleep 600",
                folder)
            .start();
    holder.awaitLine("mounted", LIMIT);
    return new SmallDisk(holder, folder, root);
  }

  /** The words that run a program in the disk's namespace. */
  List<String> inside() {
    var target = "--target=" + holder.pid();
    return root
        ? List.of("nsenter", target, "--mount")
        : List.of("nsenter", target, "--user", "--mount", "--preserve-credentials");
  }

  /** The folder as processes outside the namespace see it. */
  Path fromOutside() {
    return Path.of("/proc/" + holder.pid() + "/root").resolve(Path.of("/").relativize(mounted));
  }

  /** Writes until the disk is full. */
  void fill() throws IOException {
    var piece = new byte[64 * 1024];
    try (var out = Files.newOutputStream(filler())) {
      while (true) {
        out.write(piece);
      }
    } catch (IOException e) {
      if (Files.getFileStore(fromOutside()).getUsableSpace() > piece.length) {
        throw e; // the disk is not full
      }
    }
  }

  /** Makes the space free again. */
  void clear() throws IOException {
    Files.delete(filler());
  }

  @Override
  public void close() {
    holder.close();
  }

  private Path filler() {
    return fromOutside().resolve("filler");
  }
}
