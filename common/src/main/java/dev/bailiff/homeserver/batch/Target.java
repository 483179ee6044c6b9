package dev.bailiff.homeserver.batch;

/**
 * One thing that a job was asked to act on.
 *
 * @param number its number in the job, from 0, in ascending byte order of the ids
 * @param id user id, room id or media id
 */
public record Target(int number, String id) {

  /** Where an operation on a list of targets goes on if this target is the first unsettled one. */
  public Cursor cursor() {
    return new Cursor(Integer.toString(number));
  }
}
