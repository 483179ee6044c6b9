package dev.bailiff.homeserver;

/** Whether an id of a user, a room or an alias belongs to a server. */
public final class LocalId {

  private LocalId() {}

  /**
   * Whether the part after the first colon is the server's name. Accepts any text, even one that is
   * no id.
   */
  public static boolean isOf(String id, String server) {
    int colon = id.indexOf(':');
    return colon >= 0 && id.substring(colon + 1).equals(server);
  }
}
