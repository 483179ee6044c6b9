package dev.bailiff.homeserver.counting;

import dev.bailiff.homeserver.batch.Target;
import dev.bailiff.homeserver.history.HistoryPreparation;
import java.util.List;

/**
 * Counts what jobs would work, and changes nothing. {@code Homeserver} describes time and errors.
 *
 * <p>A call looks at the first targets of its list: at one or more, and at all unless that takes
 * too long for one call. What the homeserver cannot tell is named in {@link Numbers#unknown}, and
 * never guessed.
 */
public interface CountingPort {
  String ACCOUNTS = "accounts";
  String MEMBERSHIPS = "memberships";
  String ROOMS = "rooms";
  String EVENTS = "events";
  String MEDIA = "media";
  String BYTES = "bytes";

  /** The joined members of the room that has most of them: no sum, as the other numbers are. */
  String LARGEST_ROOM = "largest_room";

  /**
   * Accounts to close: {@code accounts}, and {@code memberships} of rooms that are joined. Left out
   * are users of whom nothing is known, and those who are deactivated and in no room.
   *
   * @param erase whether an account that is only deactivated has to be erased
   */
  Counted accounts(List<Target> users, boolean erase);

  /**
   * Events to redact: {@code accounts} of the senders, and {@code events} that are not redacted.
   * Left out are users of whom nothing is known.
   */
  Counted events(UserEvents asked);

  /**
   * Rooms to delete: {@code rooms}, {@code memberships} of joined local users, and {@code events}
   * if the rooms are purged. Left out are rooms of which nothing is known.
   *
   * @param keepsUnknown whether something is done with unknown rooms as well, so that they are not
   *     left out
   */
  Counted rooms(List<Target> rooms, boolean purge, boolean keepsUnknown);

  /**
   * Rooms by their size: {@link #LARGEST_ROOM}. A room of which nothing is known has no members.
   */
  Counted members(List<Target> rooms);

  /**
   * History to purge: {@code rooms}, and {@code events} that would be deleted or detached. Left out
   * are rooms without such events, and those that a purge would refuse.
   */
  Counted history(HistoryPreparation asked, boolean localEvents);

  /** Single media: {@code media} and their {@code bytes}. Left out are those without a record. */
  Counted media(List<Target> media);

  /** All media of users: {@code media} and their {@code bytes}. */
  Counted mediaOf(List<Target> users);

  /**
   * Media by age: {@code media} and their {@code bytes}.
   *
   * @param all the target that stands for all media
   */
  Counted media(Target all, SweptMedia swept);
}
