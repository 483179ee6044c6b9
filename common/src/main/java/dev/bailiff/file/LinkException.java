package dev.bailiff.file;

import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** A link was found where links are not followed. */
public final class LinkException extends FileSystemException {
  private static final long serialVersionUID = 1L;

  LinkException(Path link) {
    super(link.toString(), null, "it is a link, and links are not followed here");
  }
}
