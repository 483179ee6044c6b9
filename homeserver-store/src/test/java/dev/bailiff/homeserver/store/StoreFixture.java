package dev.bailiff.homeserver.store;

import dev.bailiff.database.Database;
import dev.bailiff.homeserver.Homeserver;
import dev.bailiff.homeserver.store.batch.StoreTimeouts;
import dev.bailiff.homeserver.store.identity.IdentityServers;
import dev.bailiff.homeserver.store.media.LocalMediaFiles;
import dev.bailiff.testing.homeserver.Community;
import dev.bailiff.testing.homeserver.MadeRoom;
import dev.bailiff.testing.homeserver.MediaRows;
import dev.bailiff.testing.homeserver.RoomRows;
import dev.bailiff.testing.homeserver.UserRows;
import dev.bailiff.testing.homeserver.contract.HomeserverFixture;
import dev.bailiff.testing.homeserver.contract.Promise;
import dev.bailiff.testing.server.PostgresExtension;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The own store under the contract. It contains the example community, and keeps every promise. */
final class StoreFixture implements HomeserverFixture, BeforeEachCallback, AfterEachCallback {
  private final PostgresExtension postgres = Community.database();
  private final Map<String, MadeRoom> rooms = new HashMap<>();
  private Jdbi jdbi;
  private Path folder;
  private LocalMediaFiles files;
  private Homeserver homeserver;
  private int names;

  @Override
  public void beforeEach(ExtensionContext context) throws IOException {
    postgres.beforeEach(context);
    jdbi = Database.jdbi(postgres.dataSource());
    folder = Files.createTempDirectory("media");
    files = new LocalMediaFiles(folder);
    homeserver =
        new PostgresHomeserver(jdbi, StoreTimeouts.defaults(), IdentityServers.none(), files);
  }

  @Override
  public void afterEach(ExtensionContext context) throws IOException {
    postgres.afterEach(context);
    try (var paths = Files.walk(folder)) {
      paths.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    }
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
    return new UserRows(jdbi).account(Community.user(name(name)));
  }

  @Override
  public String newRoom(String creator, String... others) {
    String id = "!" + name("room") + ":" + Community.SERVER;
    MadeRoom room = MadeRoom.by(jdbi, id, creator);
    for (String other : others) {
      room.member(other, "join");
    }
    rooms.put(id, room);
    return id;
  }

  @Override
  public void invite(String room, String user) {
    rooms.get(room).invite(user);
  }

  @Override
  public String newAlias(String room, String name) {
    String alias = "#" + name(name) + ":" + Community.SERVER;
    new RoomRows(jdbi).alias(alias, room);
    return alias;
  }

  @Override
  public String send(String room, String sender, String text) {
    String content = "{\"msgtype\":\"m.text\",\"body\":\"" + text + "\"}";
    return rooms.get(room).event("m.room.message", sender, null, content, null);
  }

  @Override
  public String upload(String user, int length) {
    String id = name("medium");
    files.put(id, new ByteArrayInputStream(new byte[length]));
    return new MediaRows(jdbi).local(id, user, (long) length, System.currentTimeMillis());
  }

  @Override
  public void setAvatar(String user, String medium) {
    jdbi.useHandle(
        handle ->
            handle.execute(
                "update homeserver.account set avatar_url = ? where user_id = ?",
                "mxc://" + Community.SERVER + "/" + medium,
                user));
  }

  @Override
  public boolean isClosed(String user) {
    return exists("account where user_id = ? and deactivated", user);
  }

  @Override
  public boolean isSuspended(String user) {
    return exists("account where user_id = ? and suspended", user);
  }

  @Override
  public void leave(String room, String user) {
    rooms.get(room).member(user, "leave");
  }

  @Override
  public List<String> joinedMembers(String room) {
    return jdbi.withHandle(
        handle ->
            handle
                .select(
                    "select user_id from homeserver.membership where room_id = ? and membership = 'join'",
                    room)
                .mapTo(String.class)
                .list());
  }

  @Override
  public boolean isRedacted(String room, String event) {
    return exists("redaction where redacts = ?", event);
  }

  @Override
  public boolean hasEvent(String room, String event) {
    return exists("event where room_id = ? and event_id = ?", room, event);
  }

  @Override
  public boolean hasRoom(String room) {
    return List.of("room", "event", "current_state", "membership", "room_alias").stream()
        .anyMatch(table -> exists(table + " where room_id = ?", room));
  }

  @Override
  public boolean isBlocked(String room) {
    return exists("blocked_room where room_id = ?", room);
  }

  @Override
  public boolean hasMedium(String medium) {
    return files.has(medium) || exists("local_media where media_id = ?", medium);
  }

  private boolean exists(String tableWhere, Object... arguments) {
    return jdbi.withHandle(
        handle ->
            handle
                .select("select exists (select from homeserver." + tableWhere + ")", arguments)
                .mapTo(Boolean.class)
                .one());
  }

  private String name(String prefix) {
    return prefix + "-made-" + names++;
  }
}
