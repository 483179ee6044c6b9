package dev.bailiff.standalone.stack;

import com.sun.security.auth.module.UnixSystem;
import dev.bailiff.embedded.FileFailure;
import dev.bailiff.text.VisibleText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Checks whether a folder can be a data folder, before anything is written to it: by its name, its
 * owner and its content.
 */
final class FolderSurvey {
  /**
   * Characters with a meaning elsewhere. Kafka takes a comma as the separator of two folders.
   * pg_ctl starts the server by a shell and puts the path between double quotes, where the others
   * have a meaning.
   */
  private static final String NO_PART_OF_A_PATH = ",\"$`\\";

  /** PostgreSQL's programs accept paths below 1,024 bytes and append names of their own. */
  private static final int LONGEST_BYTES = 900;

  /** Levels of folders above PostgreSQL's and Kafka's own files. */
  private static final int DEPTH = 3;

  /**
   * The media folder may be a link and may be large, so its content is checked only when it is
   * used.
   */
  private static final String MEDIA = "media";

  /** The user of PostgreSQL where root may not make namespaces. */
  private static final int NOBODY = 65_534;

  private static final int ROOT = 0;

  private final Path folder;
  private final long account = new UnixSystem().getUid();

  FolderSurvey(Path folder) {
    this.folder = folder;
  }

  /**
   * Requires a folder that can be a data folder, or none yet.
   *
   * @throws DataFolderException with a message of one sentence that includes the remedy
   */
  void require() {
    requireName();
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    if (!Files.isDirectory(folder)) {
      throw new DataFolderException(shown(folder) + " is no folder: name another with --data");
    }
    try {
      look(folder, 1);
    } catch (AccessDeniedException e) {
      throw anothers(Path.of(String.valueOf(e.getFile())));
    } catch (IOException e) {
      throw new DataFolderException(
          "the data folder " + shown(folder) + " cannot be read: " + FileFailure.inWords(e), e);
    }
    if (!Files.isWritable(folder)) {
      throw anothers(folder);
    }
  }

  private void requireName() {
    String path = folder.toString();
    boolean decoded =
        StandardCharsets.UTF_8.name().equalsIgnoreCase(System.getProperty("sun.jnu.encoding", ""));
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c == '\uFFFD' || (c == '?' && !decoded)) {
        throw new DataFolderException(
            "the path of the data folder "
                + shown(folder)
                + " cannot be read in this locale: set LC_ALL=C.UTF-8, or name another folder");
      }
      if (Character.isISOControl(c) || NO_PART_OF_A_PATH.indexOf(c) >= 0) {
        throw new DataFolderException(
            "the path of the data folder "
                + shown(folder)
                + " has a character that PostgreSQL or Kafka cannot take ("
                + VisibleText.of(String.valueOf(c))
                + "): name another with --data");
      }
    }
    if (path.getBytes(StandardCharsets.UTF_8).length > LONGEST_BYTES) {
      throw new DataFolderException(
          String.format(
              Locale.ROOT,
              "the path of the data folder is longer than the %d bytes that PostgreSQL can take:"
                  + " name another with --data",
              LONGEST_BYTES));
    }
  }

  private void look(Path parent, int depth) throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(parent)) {
      for (Path entry : entries) {
        if (depth == 1 && !DataFolder.isOurs(entry)) {
          continue;
        }
        boolean media = depth == 1 && entry.getFileName().toString().equals(MEDIA);
        if (Files.isSymbolicLink(entry) && !media) {
          throw new DataFolderException(
              shown(entry)
                  + " is a link, and only the data folder itself and its media/ may be one:"
                  + " put the files there, or mount them");
        }
        requireOwner(entry);
        if (depth < DEPTH && !media && Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
          look(entry, depth + 1);
        }
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      // the entry went meanwhile: running servers delete files
    }
  }

  /**
   * Refuses a file of another owner. An ordinary account cannot write the file; root would mix its
   * own files with the owner's files and lock the owner out.
   */
  private void requireOwner(Path entry) throws IOException {
    long owner;
    try {
      owner =
          ((Number) Files.getAttribute(entry, "unix:uid", LinkOption.NOFOLLOW_LINKS)).longValue();
    } catch (NoSuchFileException e) {
      return;
    }
    boolean servers = account == ROOT && owner == NOBODY;
    if (owner != account && !servers && (account == ROOT || !Files.isWritable(entry))) {
      throw anothers(entry);
    }
  }

  private DataFolderException anothers(Path entry) {
    String me = System.getProperty("user.name", "?");
    return new DataFolderException(
        shown(entry)
            + " belongs to "
            + ownerOf(entry)
            + " and this is "
            + me
            + ": start Bailiff as the same account as before, or hand the folder over with: sudo"
            + " chown -R "
            + me
            + " '"
            + shown(folder).replace("'", "'\\''")
            + "'");
  }

  private static String ownerOf(Path entry) {
    try {
      return Files.getOwner(entry, LinkOption.NOFOLLOW_LINKS).getName();
    } catch (IOException e) {
      return "another account";
    }
  }

  private static String shown(Path path) {
    return VisibleText.of(path.toString());
  }
}
