package dev.bailiff.embedded;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** Creates and deletes folders, with errors that a person can read. */
public final class Folders {
  private Folders() {}

  /**
   * Creates the folder, for its owner alone, and its parents if needed; returns its real path, free
   * of links and dots.
   */
  static Path create(Path folder) {
    try {
      if (!Files.isDirectory(folder)) {
        Path parent = folder.toAbsolutePath().getParent();
        if (parent != null) {
          Files.createDirectories(parent);
        }
        try {
          Files.createDirectory(folder, PrivateAccess.forFolder());
        } catch (FileAlreadyExistsException e) {
          if (!Files.isDirectory(folder)) { // else another process was faster
            throw e;
          }
        }
      }
      return folder.toRealPath();
    } catch (IOException e) {
      throw new EmbeddedServerException(
          "cannot create the folder " + folder + ": " + FileFailure.inWords(e), e);
    }
  }

  /** Deletes the folder with all it holds; a missing folder is fine. */
  public static void delete(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try {
      Files.walkFileTree(
          folder,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              Files.delete(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException error)
                throws IOException {
              if (error != null) {
                throw error;
              }
              Files.delete(visited);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new EmbeddedServerException(
          "cannot delete in the folder " + folder + ": " + FileFailure.inWords(e), e);
    }
  }
}
