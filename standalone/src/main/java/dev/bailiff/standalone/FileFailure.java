package dev.bailiff.standalone;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** What Java says about files by the name of an exception, in words and with what to do. */
final class FileFailure {
  private FileFailure() {}

  static String inWords(IOException failure) {
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
    if (failure instanceof EOFException) {
      return "what was read ends too early, so it was cut off: copy it again";
    }
    var message = failure.getMessage();
    return message == null || message.isBlank() ? failure.toString() : message;
  }
}
