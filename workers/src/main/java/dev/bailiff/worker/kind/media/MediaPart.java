package dev.bailiff.worker.kind.media;

import dev.bailiff.homeserver.batch.Range;
import dev.bailiff.worker.kind.StageJson;

/**
 * Some media of a segment, in one of the forms in which a job can mean them.
 *
 * @param target number of the target; of {@link Form#NAMED} the first
 * @param from of {@link Form#NAMED} a number, of {@link Form#LISTED} the media id before, else the
 *     range of the homeserver
 * @param to of {@link Form#NAMED} the number behind, of {@link Form#LISTED} the last media id
 */
record MediaPart(Form form, int target, String from, String to) {
  /** How media are meant. */
  enum Form {
    /** Targets that are media. */
    NAMED,
    /** Media stored with the job when it was accepted. */
    LISTED,
    /** A range of a user's media. */
    OWNED,
    /** A range of what a sweep selects. */
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
