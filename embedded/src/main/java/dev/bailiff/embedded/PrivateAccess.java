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

/** Restricts files and folders to their owner, regardless of the umask. */
public final class PrivateAccess {
  private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> FOLDER =
      PosixFilePermissions.fromString("rwx------");

  private PrivateAccess() {}

  /** The attribute for creating a file. */
  public static FileAttribute<Set<PosixFilePermission>> forFile() {
    return PosixFilePermissions.asFileAttribute(FILE);
  }

  /** The attribute for creating a folder. */
  public static FileAttribute<Set<PosixFilePermission>> forFolder() {
    return PosixFilePermissions.asFileAttribute(FOLDER);
  }

  /** Takes all rights of others away from an existing file or folder; a link is left alone. */
  public static void close(Path path) throws IOException {
    if (!Files.isSymbolicLink(path)) {
      Files.getFileAttributeView(path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
          .setPermissions(Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS) ? FOLDER : FILE);
    }
  }

  /** Writes a file; an existing file or link at its place is replaced. */
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
