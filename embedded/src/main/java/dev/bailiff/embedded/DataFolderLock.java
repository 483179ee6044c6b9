package dev.bailiff.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The right to use a data folder, held by one process at a time until it closes the lock or dies.
 *
 * <p>The operating system drops the lock with the process, so that a {@code kill -9} leaves nothing
 * to clean up. The file {@code lock} in the folder holds the owner's process id, for the message to
 * a process that is refused.
 *
 * <p><b>Concurrency:</b> safe across processes and within one.
 */
public final class DataFolderLock implements AutoCloseable {
  private static final String FILE_NAME = "lock";

  /**
   * Folders locked by this JVM. POSIX drops a process's lock when any of its descriptors of the
   * file is closed, so a second attempt in the same JVM must be refused before it opens the file.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path folder;
  private final FileChannel channel;

  private DataFolderLock(Path folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  /**
   * Takes the folder, creating it if it is missing.
   *
   * @throws EmbeddedServerException if another holder is alive; its process id is in the message
   */
  public static DataFolderLock acquire(Path folder) {
    Path real = Folders.create(folder);
    if (!HELD.add(real)) {
      throw inUse(folder, ProcessHandle.current().pid() + " (this one)");
    }
    FileChannel channel = null;
    try {
      channel =
          FileChannel.open(
              real.resolve(FILE_NAME),
              Set.of(
                  StandardOpenOption.CREATE,
                  StandardOpenOption.READ,
                  StandardOpenOption.WRITE,
                  LinkOption.NOFOLLOW_LINKS),
              PrivateAccess.forFile());
      FileLock lock = channel.tryLock();
      if (lock == null) {
        throw inUse(folder, owner(real));
      }
      channel.truncate(0);
      channel.write(
          ByteBuffer.wrap(
              (ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII)));
      return new DataFolderLock(real, channel);
    } catch (IOException | RuntimeException e) {
      closeQuietly(channel, e);
      HELD.remove(real);
      if (e instanceof EmbeddedServerException refused) {
        throw refused;
      }
      throw new EmbeddedServerException(
          "cannot lock the folder " + folder + ": " + FileFailure.inWords(e), e);
    }
  }

  /**
   * Releases the folder. The file stays: deleting it would let two later processes lock two
   * different files.
   */
  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      HELD.remove(folder);
    }
  }

  private static String owner(Path folder) throws IOException {
    String owner = Files.readString(folder.resolve(FILE_NAME)).strip();
    return owner.isEmpty() ? "of unknown id" : owner;
  }

  private static EmbeddedServerException inUse(Path folder, String owner) {
    return new EmbeddedServerException("the folder " + folder + " is in use by process " + owner);
  }

  private static void closeQuietly(@Nullable FileChannel channel, Exception reason) {
    if (channel == null) {
      return;
    }
    try {
      channel.close();
    } catch (IOException e) {
      reason.addSuppressed(e);
    }
  }
}
