package dev.bailiff.homeserver.media;

import java.nio.file.Path;

/**
 * Files of local media and their thumbnails. Each media id has files of its own, also where the
 * bytes are the same as another's.
 *
 * <p><b>Errors:</b> {@link IllegalArgumentException} for an id or name that cannot be one of ours,
 * {@link java.io.UncheckedIOException} when the storage fails.
 *
 * <p><b>Concurrency:</b> thread-safe, also across processes: a file is there whole or not at all.
 */
public interface MediaFiles {

  /** Stores a copy of a file, in place of what was there. */
  void put(String mediaId, Path source);

  /** Stores a copy of a thumbnail, in place of what was there. */
  void putThumbnail(String mediaId, String name, Path source);

  /** Whether the file of a medium is there. */
  boolean has(String mediaId);

  /**
   * Deletes the file of a medium, then its thumbnails. What is not there is no error. Where the
   * file cannot be deleted, the thumbnails stay as well.
   *
   * @return whether there was a file
   */
  boolean delete(String mediaId);
}
