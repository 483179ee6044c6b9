package dev.bailiff.worker.kind.media;

import dev.bailiff.homeserver.batch.Range;
import dev.bailiff.worker.kind.StageJson;

/**
 * Some media of a segment, in one of the forms in which a job can select them.
 *
 * @param target number of the target; in {@link Form#NAMED} the number of the first one
 * @param from in {@link Form#NAMED} the number of the first target, in {@link Form#LISTED} the
 *     media id before the first medium, otherwise the range of the homeserver
 * @param to in {@link Form#NAMED} the number behind the last target, in {@link Form#LISTED} the
 *     last media id
 */
record MediaPart(Form form, int target, String from, String to) {
  /** How media are selected. */
  enum Form {
    /** Targets that are media. */
    NAMED,
    /** Media stored with the job when it was accepted. */
    LISTED,
    /** A range of a user's media. */
    OWNED,
    /** A range of the media that a sweep selects. */
    SWEPT
  }

  static MediaPart named(int from, int to) {
    return new MediaPart(Form.NAMED, from, Integer.toString(from), Integer.toString(to));
  }

  static MediaPart listed(int target, String after, String upto) {
    return new MediaPart(Form.LISTED, target, after, upto);
  }

  static MediaPart of(int target, boolean swept, Range range) {
    return new MediaPart(swept ? Form.SWEPT : Form.OWNED, target, range.value(), "");
  }

  Range toRange(long items) {
    return new Range(StageJson.write(this), items);
  }

  static MediaPart parse(Range range) {
    return StageJson.read(range.value(), MediaPart.class);
  }
}
