package dev.bailiff.homeserver.synapse.api;

/** Names of the actions of Synapse's tasks that jobs start. */
public final class TaskAction {

  /** Shuts a room down, purges it, or both. */
  public static final String DELETE_ROOM = "shutdown_and_purge_room";

  /** Purges a room's history. */
  public static final String PURGE_HISTORY = "purge_history";

  /** Redacts a user's events. */
  public static final String REDACT = "redact_all_events";

  private TaskAction() {}
}
