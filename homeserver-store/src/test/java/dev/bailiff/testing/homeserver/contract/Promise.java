package dev.bailiff.testing.homeserver.contract;

/**
 * A duty beyond those that every homeserver can keep. The own store keeps all of them; a homeserver
 * on the other side of its own API may keep fewer. The contract asserts the strict form where the
 * fixture has the promise.
 */
public enum Promise {
  /**
   * Every room that a user leaves is counted. Otherwise the homeserver parts closed accounts by
   * itself, and only the rooms that are left while somebody looks are counted.
   */
  PARTED_ROOMS_ARE_COUNTED,

  /** History is counted in events. Otherwise a room is one item, and so is its last slice. */
  HISTORY_IS_COUNTED_IN_EVENTS,

  /**
   * Messages of local users that a purge of history only detached can be deleted by a later purge.
   */
  DETACHED_EVENTS_CAN_BE_DELETED,

  /** The media of a sweep can be listed before they are deleted. */
  SWEEPS_HAVE_RANGES,

  /** The media in use as avatars can be listed. */
  AVATARS_ARE_LISTED,

  /**
   * A room's replacement exists before its members are removed, each member is one item, and
   * aliases move in a step of their own. Otherwise the removal of the members does all of that.
   */
  ROOMS_ARE_SHUT_DOWN_IN_STEPS
}
