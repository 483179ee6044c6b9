package dev.bailiff.testing.homeserver.remote;

import dev.bailiff.homeserver.Homeserver;
import dev.bailiff.testing.homeserver.Community;
import dev.bailiff.testing.homeserver.contract.HomeserverFixture;
import dev.bailiff.testing.homeserver.contract.Promise;
import dev.bailiff.testing.homeserver.remote.RemoteServer.Event;
import dev.bailiff.testing.homeserver.remote.RemoteServer.Medium;
import dev.bailiff.testing.homeserver.remote.RemoteServer.Room;
import dev.bailiff.testing.homeserver.remote.RemoteServer.User;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The remote fake under the contract. It contains the example community, and keeps every promise.
 */
final class RemoteFixture implements HomeserverFixture {
  private static final long NOW = 1_800_000_000_000L;

  private final RemoteServer server = CommunityRecords.load();
  private final RemoteConditions conditions = new RemoteConditions();
  private final Homeserver homeserver = new RemoteHomeserverFake(server, conditions);
  private int names;

  /** The network between the test and the homeserver. */
  RemoteConditions conditions() {
    return conditions;
  }

  @Override
  public Homeserver homeserver() {
    return homeserver;
  }

  @Override
  public Set<Promise> promises() {
    return EnumSet.allOf(Promise.class);
  }

  @Override
  public String admin() {
    return Community.user("admin");
  }

  @Override
  public String newUser(String name) {
    String id = Community.user(name(name));
    User user = new User();
    user.active = true;
    server.users.put(id, user);
    return id;
  }

  @Override
  public String newRoom(String creator, String... others) {
    String id = "!" + name("room") + ":" + Community.SERVER;
    Room room = new Room();
    server.rooms.put(id, room);
    add(room, creator, "m.room.create", true, "");
    join(room, creator);
    for (String other : others) {
      join(room, other);
    }
    return id;
  }

  private void join(Room room, String user) {
    add(room, user, "m.room.member", true, "");
    room.members.put(user, "join");
  }

  private String add(Room room, String sender, String type, boolean state, String body) {
    String id = "$" + name("event");
    long depth = room.events.size() + 1;
    room.events.add(new Event(id, sender, type, NOW + depth, false, depth, state, false, body));
    return id;
  }

  @Override
  public void invite(String room, String user) {
    server.setMembership(room, user, "invite");
  }

  @Override
  public String newAlias(String room, String name) {
    String alias = "#" + name(name) + ":" + Community.SERVER;
    room(room).aliases.add(alias);
    return alias;
  }

  @Override
  public String send(String room, String sender, String text) {
    return add(room(room), sender, "m.room.message", false, text);
  }

  @Override
  public String upload(String user, int length) {
    String id = name("medium");
    server.media.put(id, new Medium(user, length, NOW, false));
    return id;
  }

  @Override
  public void setAvatar(String user, String medium) {
    server.avatars.add(medium);
  }

  @Override
  public boolean isClosed(String user) {
    return !server.users.get(user).active;
  }

  @Override
  public boolean isSuspended(String user) {
    return server.users.get(user).suspended;
  }

  @Override
  public void leave(String room, String user) {
    server.setMembership(room, user, "leave");
  }

  @Override
  public List<String> joinedMembers(String room) {
    return room(room).members.entrySet().stream()
        .filter(member -> member.getValue().equals("join"))
        .map(Map.Entry::getKey)
        .toList();
  }

  @Override
  public boolean isRedacted(String room, String event) {
    return server.redacted.contains(event);
  }

  @Override
  public boolean hasEvent(String room, String event) {
    return room(room).event(event).isPresent();
  }

  @Override
  public boolean hasRoom(String room) {
    return server.rooms.containsKey(room);
  }

  @Override
  public boolean isBlocked(String room) {
    return server.blocked.contains(room);
  }

  @Override
  public boolean hasMedium(String medium) {
    return server.media.containsKey(medium);
  }

  private Room room(String id) {
    return server.rooms.getOrDefault(id, new Room());
  }

  private String name(String prefix) {
    return prefix + "-made-" + names++;
  }
}
