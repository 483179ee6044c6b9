package dev.bailiff.standalone.stack;

import dev.bailiff.embedded.FileFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * The place of a data folder: its path, and the numbers that the file system has for the folder and
 * two things in it. A folder that was moved keeps the numbers, and a copy has other numbers. The
 * file {@code lock} is the second witness, because it is made once and never again: a file system
 * soon gives the number of a deleted folder to the next one.
 *
 * @param path the real one, free of links
 * @param device of the folder; changes in some restarts of the machine
 * @param folder inode
 * @param lock inode of the file {@code lock}
 * @param media device and inode of the media folder, or of the link's target if the media folder is
 *     a link
 */
record FolderPlace(String path, long device, long folder, long lock, String media) {

  private static final long MISSING = 0;

  /** The place of a folder that exists; a file that is missing in the folder has the number 0. */
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
      throw new DataFolderException(
          "the data folder " + real + " cannot be looked at: " + FileFailure.inWords(e), e);
    }
  }

  /**
   * How a folder that recorded this place came to the place {@code now}: {@link FolderArrival#MADE}
   * if the folder never left.
   */
  FolderArrival arrivalAt(FolderPlace now) {
    boolean same = folder == now.folder && lock == now.lock;
    if (path.equals(now.path)) {
      return same
          ? FolderArrival.MADE
          : FolderArrival.RESTORED; // a device's number may change by itself
    }
    return same && device == now.device ? FolderArrival.MOVED : FolderArrival.COPIED;
  }

  private static long number(Path file, String attribute) throws IOException {
    try {
      return ((Number) Files.getAttribute(file, "unix:" + attribute)).longValue();
    } catch (NoSuchFileException e) {
      return MISSING;
    }
  }
}
