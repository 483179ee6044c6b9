package dev.bailiff.homeserver.store.media;

import java.io.InputStream;

/**
 * Files of local media and their thumbnails. Each media id has its own files, even if another
 * medium has the same bytes.
 *
 * <p><b>Errors:</b> {@link IllegalArgumentException} for an id or name that no local medium can
 * have, {@link java.io.UncheckedIOException} if the storage fails.
 *
 * <p><b>Concurrency:</b> thread-safe, also across processes: a file exists completely or not at
 * all.
 */
public interface MediaFiles {

  /**
   * Stores a file, replacing an earlier one. Reads the content to its end, and does not close it.
   *
   * @return the size of the file in bytes
   */
  long put(String mediaId, InputStream content);

  /** Stores a thumbnail, replacing an earlier one, as {@link #put} does. */
  void putThumbnail(String mediaId, String name, InputStream content);

  /** Whether the file of a medium exists. */
  boolean has(String mediaId);

  /**
   * Deletes the file of a medium, then its thumbnails. Missing files are no error. If the file
   * cannot be deleted, the thumbnails stay as well.
   *
   * @return whether there was a file
   */
  boolean delete(String mediaId);
}
