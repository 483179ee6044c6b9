package dev.bailiff.testing.synapse;

import static dev.bailiff.testing.synapse.SynapseHttp.object;
import static dev.bailiff.testing.synapse.SynapseHttp.path;

import dev.bailiff.homeserver.synapse.SynapseHomeserver;
import dev.bailiff.homeserver.synapse.SynapseHomeserverFactory;
import dev.bailiff.testing.homeserver.contract.HomeserverFixture;
import dev.bailiff.testing.homeserver.contract.Promise;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A real Synapse under the contract. It keeps none of the promises: it counts no events, lists
 * neither sweeps nor avatars, and shuts a room down in one piece.
 *
 * <p>All users, rooms and aliases of this JVM have different names, as all tests share a server.
 */
public final class SynapseFixture implements HomeserverFixture, AutoCloseable {
  private static final AtomicInteger NAMES = new AtomicInteger();
  private static final String USER = "/_synapse/admin/v2/users/{}";
  private static final String ROOM = "/_synapse/admin/v1/rooms/{}";

  private final RealSynapse synapse = RealSynapse.get();
  private final SynapseHttp http = synapse.http();
  private final Map<String, String> creators = new ConcurrentHashMap<>();
  private final SynapseHomeserver homeserver;

  private SynapseFixture(@Nullable Path appserviceToken) {
    homeserver =
        SynapseHomeserverFactory.of(synapse.url(), synapse.adminToken(), appserviceToken).open();
  }

  /** Redactions are sent as their user by an application service. */
  public static SynapseFixture withAppservice() {
    return new SynapseFixture(RealSynapse.get().serviceToken());
  }

  /** Redactions are tasks of Synapse. */
  public static SynapseFixture withoutAppservice() {
    return new SynapseFixture(null);
  }

  /** Redactions are sent by an application service that is throttled. */
  public static SynapseFixture throttled() {
    return new SynapseFixture(RealSynapse.get().throttledToken());
  }

  public RealSynapse synapse() {
    return synapse;
  }

  /** Calls of the admin and of users, for what the fixture has no name for. */
  public SynapseHttp http() {
    return http;
  }

  @Override
  public SynapseHomeserver homeserver() {
    return homeserver;
  }

  @Override
  public Set<Promise> promises() {
    return Set.of();
  }

  @Override
  public String admin() {
    return synapse.admin();
  }

  @Override
  public String newUser(String name) {
    var id = "@" + name(name) + ":" + synapse.server().serverName();
    var reply = http.admin("PUT", path(USER, id), object().put("displayname", name));
    if (reply.status() != 201) {
      throw new AssertionError(reply);
    }
    return id;
  }

  @Override
  public String newRoom(String creator, String... others) {
    var room =
        http.as(
                creator,
                "POST",
                "/_matrix/client/v3/createRoom",
                object().put("preset", "public_chat"))
            .ok()
            .path("room_id")
            .asText();
    creators.put(room, creator);
    for (var other : others) {
      join(room, other);
    }
    return room;
  }

  /** Makes a user join a public room. */
  public void join(String room, String user) {
    http.as(user, "POST", path("/_matrix/client/v3/join/{}", room), object()).ok();
  }

  @Override
  public void invite(String room, String user) {
    http.as(
            creator(room),
            "POST",
            path("/_matrix/client/v3/rooms/{}/invite", room),
            object().put("user_id", user))
        .ok();
  }

  @Override
  public String newAlias(String room, String name) {
    var alias = "#" + name(name) + ":" + synapse.server().serverName();
    http.as(
            creator(room),
            "PUT",
            path("/_matrix/client/v3/directory/room/{}", alias),
            object().put("room_id", room))
        .ok();
    return alias;
  }

  @Override
  public String send(String room, String sender, String text) {
    return http.as(
            sender,
            "PUT",
            path("/_matrix/client/v3/rooms/{}/send/m.room.message/{}", room, name("message")),
            object().put("msgtype", "m.text").put("body", text))
        .ok()
        .path("event_id")
        .asText();
  }

  @Override
  public String upload(String user, int length) {
    var content = new byte[length];
    new Random(NAMES.incrementAndGet()).nextBytes(content);
    var uri = http.upload(user, content).ok().path("content_uri").asText();
    return uri.substring(uri.lastIndexOf('/') + 1);
  }

  @Override
  public void setAvatar(String user, String medium) {
    http.as(
            user,
            "PUT",
            path("/_matrix/client/v3/profile/{}/avatar_url", user),
            object().put("avatar_url", "mxc://" + synapse.server().serverName() + "/" + medium))
        .ok();
  }

  @Override
  public boolean isClosed(String user) {
    return http.admin(path(USER, user)).ok().path("deactivated").asBoolean();
  }

  @Override
  public boolean isSuspended(String user) {
    return http.admin(path(USER, user)).ok().path("suspended").asBoolean();
  }

  @Override
  public void leave(String room, String user) {
    http.as(user, "POST", path("/_matrix/client/v3/rooms/{}/leave", room), object()).ok();
  }

  @Override
  public List<String> joinedMembers(String room) {
    var members = new ArrayList<String>();
    var reply = http.admin(path(ROOM + "/members", room));
    if (reply.status() != 404) {
      reply.ok().path("members").forEach(member -> members.add(member.asText()));
    }
    return members;
  }

  @Override
  public boolean isRedacted(String room, String event) {
    return http.admin(path(ROOM + "/context/{}?limit=0", room, event))
        .ok()
        .path("event")
        .path("unsigned")
        .has("redacted_because");
  }

  @Override
  public boolean hasEvent(String room, String event) {
    return isFound(path("/_synapse/admin/v1/fetch_event/{}", event));
  }

  @Override
  public boolean hasRoom(String room) {
    return isFound(path(ROOM, room));
  }

  @Override
  public boolean isBlocked(String room) {
    return http.admin(path(ROOM + "/block", room)).ok().path("block").asBoolean();
  }

  @Override
  public boolean hasMedium(String medium) {
    return isFound(path("/_synapse/admin/v1/media/{}/{}", synapse.server().serverName(), medium));
  }

  private boolean isFound(String path) {
    var reply = http.admin(path);
    if (reply.status() == 404) {
      return false;
    }
    reply.ok();
    return true;
  }

  private String creator(String room) {
    var creator = creators.get(room);
    if (creator == null) {
      throw new IllegalArgumentException(room + " is not a room of this fixture");
    }
    return creator;
  }

  private static String name(String prefix) {
    return prefix + "-" + NAMES.incrementAndGet();
  }

  @Override
  public void close() {
    homeserver.close();
  }
}
