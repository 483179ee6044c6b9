package dev.bailiff.standalone.stack;

import dev.bailiff.embedded.FileFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Where a data folder is: by its path, and by what the file system calls it and two things in it.
 * The numbers tell a folder that was moved, which keeps them, from a copy, which has others. The
 * file {@code lock} is the second witness, as it is made once and never again: a number that was
 * freed with a deleted folder is soon given to the next one.
 *
 * @param path the real one, free of links
 * @param device of the folder; another one after some restarts of the machine
 * @param folder inode
 * @param lock inode of the file {@code lock}
 * @param media device and inode of the media folder, behind a link if it is one
 */
record FolderPlace(String path, long device, long folder, long lock, String media) {

  private static final long MISSING = 0;

  /** The place of a folder that exists; what is missing in it has the number 0. */
  static FolderPlace of(Path real) {
    try {
      Path media = real.resolve("media");
      return new FolderPlace(
          real.toString(),
          number(real, "dev"),
          number(real, "ino"),
          number(real.resolve("lock"), "ino"),
          number(media, "dev") + ":" + number(media, "ino"));
    } catch (IOException e) {
      throw new DataFolderException("the data folder " + real + " cannot be looked at: " + FileFailure.inWords(e), e);
    }
  }

  /**
   * How a folder with this place written in it came to be at the place where it is now: {@link
   * Arrival#MADE} if it never left.
   */
  Arrival arrivalAt(FolderPlace now) {
    boolean same = folder == now.folder && lock == now.lock;
    if (path.equals(now.path)) {
      return same ? Arrival.MADE : Arrival.RESTORED; // a device's number may change by itself
    }
    return same && device == now.device ? Arrival.MOVED : Arrival.COPIED;
  }

  private static long number(Path file, String attribute) throws IOException {
    try {
      return ((Number) Files.getAttribute(file, "unix:" + attribute)).longValue();
    } catch (NoSuchFileException e) {
      return MISSING;
    }
  }
}
