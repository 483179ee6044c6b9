package dev.bailiff.homeserver.store.media;

import java.io.InputStream;

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

  /**
   * Stores a file, in place of what was there. Reads the content to its end, does not close it.
   *
   * @return how many bytes it has
   */
  long put(String mediaId, InputStream content);

  /** Stores a thumbnail, in place of what was there; as {@link #put}. */
  void putThumbnail(String mediaId, String name, InputStream content);

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
