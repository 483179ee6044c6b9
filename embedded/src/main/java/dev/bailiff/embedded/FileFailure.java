package dev.bailiff.embedded;

import java.io.EOFException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Explains in words why a file cannot be used, where Java gives only the name of an exception. */
public final class FileFailure {
  private FileFailure() {}

  /** The reason, with the file and, where there is one, a remedy. */
  public static String inWords(Exception failure) {
    if (failure instanceof AccessDeniedException denied) {
      return "no right to use "
          + denied.getFile()
          + ": run this as its owner, or name another place";
    }
    if (failure instanceof NoSuchFileException missing) {
      return missing.getFile() + " does not exist";
    }
    if (failure instanceof NotDirectoryException file) {
      return file.getFile() + " is no folder";
    }
    if (failure instanceof FileSystemException other && other.getReason() != null) {
      return other.getFile() + ": " + other.getReason();
    }
    if (failure instanceof CharacterCodingException) {
      return "it is not UTF-8: convert it, for instance with iconv";
    }
    if (failure instanceof EOFException) {
      return "what was read ends too early, so it was cut off: copy it again";
    }
    var message = failure.getMessage();
    return message == null || message.isBlank() ? failure.toString() : message;
  }
}
