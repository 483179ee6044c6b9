package dev.bailiff.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Files and folders for their owner alone, whatever the umask. */
public final class PrivateAccess {
  private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> FOLDER =
      PosixFilePermissions.fromString("rwx------");

  private PrivateAccess() {}

  /** For making a file. */
  public static FileAttribute<Set<PosixFilePermission>> forFile() {
    return PosixFilePermissions.asFileAttribute(FILE);
  }

  /** For making a folder. */
  public static FileAttribute<Set<PosixFilePermission>> forFolder() {
    return PosixFilePermissions.asFileAttribute(FOLDER);
  }

  /** Closes a file or folder that is there to all others; a link is left alone. */
  public static void close(Path path) throws IOException {
    if (!Files.isSymbolicLink(path)) {
      Files.getFileAttributeView(path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
          .setPermissions(Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS) ? FOLDER : FILE);
    }
  }

  /** Writes a file, in place of what was there, also of a link. */
  static void write(Path file, String text) throws IOException {
    Files.deleteIfExists(file);
    try (var channel =
        Files.newByteChannel(
            file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), forFile())) {
      var bytes = StandardCharsets.UTF_8.encode(text);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    }
  }
}
