package dev.bailiff.worker.kind.media;

import dev.bailiff.homeserver.batch.BatchOutcome;
import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.homeserver.media.MediaPort;
import dev.bailiff.homeserver.media.MediaSweeping;
import dev.bailiff.worker.kind.RangePacker;
import dev.bailiff.worker.kind.StageCommit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A sweep that the homeserver carries out itself, as the part of a segment that is worked next.
 *
 * @param place where the segment goes on
 * @param last whether the sweep is the last part of the segment
 */
record RemoteSweep(MediaPart part, MediaCursor place, boolean last) {

  /** The sweep at which a segment goes on; empty if another part is next. */
  static Optional<RemoteSweep> at(String range, @Nullable Cursor after) {
    var parts = RangePacker.unpack(range);
    var place = MediaCursor.of(after);
    if (place.rest() != null || place.number() >= parts.size()) {
      return Optional.empty();
    }
    var part = MediaPart.parse(parts.get(place.number()));
    return part.form() == MediaPart.Form.SWEPT
        ? Optional.of(new RemoteSweep(part, place, place.number() + 1 == parts.size()))
        : Optional.empty();
  }

  BatchOutcome work(MediaPort media, MediaSelection selection, StageCommit commit) {
    var sweep = selection.sweep();
    if (sweep == null) {
      throw new IllegalStateException("the job has no condition for a sweep");
    }
    var within = place.within();
    var sweeping =
        new MediaSweeping(
            part.target(),
            sweep,
            selection.keepsProfiles(),
            within == null ? null : new Cursor(within));
    return media.sweepMedia(sweeping, commit.map(this::settled));
  }

  private BatchOutcome settled(BatchOutcome outcome) {
    var next = outcome.next();
    if (next != null) {
      return outcome.withNext(MediaCursor.at(place.number(), next.value()).cursor());
    }
    if (outcome.snooze() != null) {
      return outcome.withNext(place.cursor());
    }
    return last ? outcome : outcome.withNext(MediaCursor.at(place.number() + 1, null).cursor());
  }
}
