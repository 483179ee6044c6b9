package dev.bailiff.homeserver.media;

import dev.bailiff.homeserver.batch.Cursor;

/**
 * A local medium of a job.
 *
 * @param target number of the job's target that the medium belongs to
 * @param id media id
 */
public record MediaItem(int target, String id) {

  /** Where a deletion goes on if this medium is the first unsettled one. */
  public Cursor cursor() {
    return new Cursor(id);
  }
}
