package dev.bailiff.homeserver.media;

import dev.bailiff.homeserver.batch.Cursor;

/**
 * A medium of ours.
 *
 * @param target number of the target of the job that it belongs to
 * @param id media id
 */
public record MediaItem(int target, String id) {

  /** Where a deletion goes on if this is the first medium that is not settled. */
  public Cursor cursor() {
    return new Cursor(id);
  }
}
