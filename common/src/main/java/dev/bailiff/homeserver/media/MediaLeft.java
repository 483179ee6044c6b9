package dev.bailiff.homeserver.media;

import java.util.List;

/**
 * What is left of a list of media.
 *
 * @param ids the media of which a record is left, in the order asked
 * @param asked how many media were looked at, from the first on: all of them, unless that takes too
 *     long for one call; one at least
 */
public record MediaLeft(List<String> ids, int asked) {

  public MediaLeft {
    ids = List.copyOf(ids);
  }
}
