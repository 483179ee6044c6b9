package dev.bailiff.file;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A folder that is held open, below which no link is followed: every file read, written or deleted
 * lies in this folder. The given folder itself may be a link.
 *
 * <p>Where the system allows it (Linux), each step goes from the open folder to one of its entries.
 * Somebody who replaces a folder by a link in between can then not lead the step elsewhere. The
 * exception is the creation of a folder: an empty folder may then appear elsewhere. On other
 * systems each step looks for a link first, which does not protect against such a replacement.
 *
 * <p>New files and folders are accessible to their owner alone, with any umask. <b>Errors:</b>
 * {@link IOException}; for a link {@link LinkException}. <b>Concurrency:</b> for one thread.
 */
public final class OpenFolder implements AutoCloseable {
  private static final FileAttribute<Set<PosixFilePermission>> FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  private static final FileAttribute<Set<PosixFilePermission>> FOLDER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private final Path path;
  private final DirectoryStream<Path> stream;
  private final @Nullable SecureDirectoryStream<Path> secure;

  private OpenFolder(Path path, DirectoryStream<Path> stream) {
    this.path = path;
    this.stream = stream;
    this.secure = stream instanceof SecureDirectoryStream<Path> s ? s : null;
  }

  /**
   * Opens a folder.
   *
   * @throws NoSuchFileException if the folder does not exist
   */
  public static OpenFolder at(Path folder) throws IOException {
    return new OpenFolder(folder, Files.newDirectoryStream(folder));
  }

  /** The folder below, along these names; empty if one of them does not exist. */
  public Optional<OpenFolder> folder(List<String> names) throws IOException {
    OpenFolder last = this;
    for (String name : names) {
      Optional<OpenFolder> next;
      try {
        next = last.child(name);
      } finally {
        last.closeUnless(this);
      }
      if (next.isEmpty()) {
        return Optional.empty();
      }
      last = next.get();
    }
    return Optional.of(last);
  }

  /** The folder below, along these names; missing folders are created. */
  public OpenFolder madeFolder(List<String> names) throws IOException {
    OpenFolder last = this;
    for (String name : names) {
      OpenFolder next;
      try {
        next = last.madeChild(name);
      } finally {
        last.closeUnless(this);
      }
      last = next;
    }
    return last;
  }

  /**
   * The attributes of an entry, and of a link those of the link itself; empty if there is no entry.
   */
  public Optional<BasicFileAttributes> look(String name) throws IOException {
    try {
      return Optional.of(
          secure == null
              ? Files.readAttributes(
                  path.resolve(name), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
              : secure
                  .getFileAttributeView(
                      Path.of(name), BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                  .readAttributes());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** Whether there is a regular file of that name; a link does not count. */
  public boolean hasFile(String name) throws IOException {
    return look(name).filter(BasicFileAttributes::isRegularFile).isPresent();
  }

  /** The content of a file. */
  public InputStream read(String name) throws IOException {
    return Channels.newInputStream(
        open(name, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)));
  }

  /** Writes a file that does not exist yet. Returns its length in bytes. */
  public long write(String name, InputStream content) throws IOException {
    try (OutputStream out =
        Channels.newOutputStream(
            open(
                name,
                Set.of(
                    StandardOpenOption.CREATE_NEW,
                    StandardOpenOption.WRITE,
                    LinkOption.NOFOLLOW_LINKS),
                FILE))) {
      return content.transferTo(out);
    }
  }

  /** Moves a file atomically; a file or link with the new name is replaced. */
  public void move(String name, OpenFolder target, String newName) throws IOException {
    if (secure == null || target.secure == null) {
      Files.move(
          path.resolve(name),
          target.path.resolve(newName),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } else {
      secure.move(Path.of(name), target.secure, Path.of(newName));
    }
  }

  /**
   * Deletes a file, an empty folder, or a link without its target.
   *
   * @return whether there was such an entry
   */
  public boolean delete(String name) throws IOException {
    Optional<BasicFileAttributes> found = look(name);
    if (found.filter(BasicFileAttributes::isDirectory).isPresent()) {
      deleteFolder(name);
      return true;
    }
    return found.isPresent() && deleteFile(name);
  }

  /**
   * Deletes a file, or a link without its target.
   *
   * @return whether there was such an entry
   */
  public boolean deleteFile(String name) throws IOException {
    try {
      if (secure != null) {
        secure.deleteFile(Path.of(name));
      } else {
        Files.delete(path.resolve(name));
      }
      return true;
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /** Deletes an empty folder; a missing folder is no error. */
  public void deleteFolder(String name) throws IOException {
    try {
      if (secure != null) {
        secure.deleteDirectory(Path.of(name));
      } else {
        Files.delete(path.resolve(name));
      }
    } catch (NoSuchFileException e) {
      // another process has deleted it already
    }
  }

  /** The names of the entries of this folder, in no order. May be called only once. */
  public List<String> names() {
    List<String> names = new ArrayList<>();
    stream.forEach(entry -> names.add(String.valueOf(entry.getFileName())));
    return names;
  }

  @Override
  public void close() throws IOException {
    stream.close();
  }

  private void closeUnless(OpenFolder kept) throws IOException {
    if (this != kept) {
      close();
    }
  }

  private Optional<OpenFolder> child(String name) throws IOException {
    Optional<BasicFileAttributes> found = look(name);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    if (found.get().isSymbolicLink()) {
      throw new LinkException(path.resolve(name));
    }
    try {
      Path below = path.resolve(name);
      return Optional.of(
          new OpenFolder(
              below,
              secure == null
                  ? Files.newDirectoryStream(below)
                  : secure.newDirectoryStream(Path.of(name), LinkOption.NOFOLLOW_LINKS)));
    } catch (NoSuchFileException e) {
      return Optional.empty(); // it was deleted meanwhile
    }
  }

  private OpenFolder madeChild(String name) throws IOException {
    Optional<OpenFolder> there = child(name);
    if (there.isPresent()) {
      return there.get();
    }
    try {
      Files.createDirectory(path.resolve(name), FOLDER);
    } catch (FileAlreadyExistsException e) {
      // another process made the folder, or somebody a link: the next look finds out
    }
    return child(name).orElseThrow(() -> new NoSuchFileException(path.resolve(name).toString()));
  }

  private SeekableByteChannel open(
      String name, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    return secure == null
        ? Files.newByteChannel(path.resolve(name), options, attributes)
        : secure.newByteChannel(Path.of(name), options, attributes);
  }
}
