package dev.bailiff.guard;

/**
 * Who asks for something.
 *
 * @param requester a user id, or {@code token:<name>}
 * @param actingUser the user that the homeserver records as the actor
 */
public record Asker(String requester, String actingUser) {

  /** Whether this is the account of who asks. */
  boolean is(String id) {
    return id.equals(requester) || id.equals(actingUser);
  }
}
