package dev.bailiff.testing.homeserver.contract;

import dev.bailiff.homeserver.Homeserver;
import java.util.List;
import java.util.Set;

/**
 * A homeserver under the contract. Besides the port it has a few ways to fill the homeserver and to
 * look at it. All of them can be offered over HTTP, so that a server of somebody else can be tested
 * as well. A test may find other users, rooms and media beside those that it made.
 */
public interface HomeserverFixture {

  /** The homeserver as jobs see it. */
  Homeserver homeserver();

  /** In which points the homeserver is held to the strict form. */
  Set<Promise> promises();

  // Ways to fill it

  /** A server admin. */
  String admin();

  /** Makes an account; the name is the beginning of its localpart. Returns the user's id. */
  String newUser(String name);

  /** Makes a room with these joined members, the first of whom creates it. Returns its id. */
  String newRoom(String creator, String... others);

  /** Invites a user as the room's creator. */
  void invite(String room, String user);

  /** Makes a joined member leave a room. */
  void leave(String room, String user);

  /** Gives a room an alias; the name is the beginning of its localpart. Returns the alias. */
  String newAlias(String room, String name);

  /** Sends a text message. Returns the event's id. */
  String send(String room, String sender, String text);

  /** Uploads a medium of so many bytes. Returns its id. */
  String upload(String user, int length);

  /** Gives a user a medium as avatar. */
  void setAvatar(String user, String medium);

  // Ways to look at it

  /** Whether an account is deactivated. */
  boolean isClosed(String user);

  /** Whether an account is suspended. */
  boolean isSuspended(String user);

  /** The joined members of a room; none if there is no such room. */
  List<String> joinedMembers(String room);

  /** Whether clients see the event without its content. */
  boolean isRedacted(String room, String event);

  /** Whether the event is stored, be it in the timeline or detached from it. */
  boolean hasEvent(String room, String event);

  /** Whether anything of the room is stored; a block does not count. */
  boolean hasRoom(String room);

  /** Whether nobody may join the room. */
  boolean isBlocked(String room);

  boolean hasMedium(String medium);
}
