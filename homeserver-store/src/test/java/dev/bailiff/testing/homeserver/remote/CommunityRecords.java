package dev.bailiff.testing.homeserver.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bailiff.testing.homeserver.Community;
import dev.bailiff.testing.homeserver.remote.RemoteServer.Event;
import dev.bailiff.testing.homeserver.remote.RemoteServer.Medium;
import dev.bailiff.testing.homeserver.remote.RemoteServer.Room;
import dev.bailiff.testing.homeserver.remote.RemoteServer.User;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.zip.GZIPInputStream;

/** Reads the records of the example community into a {@link RemoteServer}. */
final class CommunityRecords {
  private final RemoteServer server = new RemoteServer();

  private CommunityRecords() {}

  static RemoteServer load() {
    CommunityRecords records = new CommunityRecords();
    ObjectMapper json = new ObjectMapper();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(
                    Files.newInputStream(Community.folder().resolve("records.ndjson.gz"))),
                StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        records.add(json.readTree(line));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return records.server;
  }

  private void add(JsonNode json) {
    switch (json.get("record").textValue()) {
      case "user" -> {
        User user = new User();
        user.active = !json.get("deactivated").booleanValue();
        user.erased = json.get("erased").booleanValue();
        user.suspended = json.get("suspended").booleanValue();
        server.users.put(json.get("user_id").textValue(), user);
        addAvatar(json.path("avatar_url"));
      }
      case "room" -> room(json);
      case "room_alias" -> room(json).aliases.add(json.get("alias").textValue());
      case "membership" ->
          room(json)
              .members
              .put(json.get("user_id").textValue(), json.get("membership").textValue());
      case "local_media" ->
          server.media.put(
              json.get("media_id").textValue(),
              new Medium(
                  json.get("user_id").textValue(),
                  json.path("media_length").longValue(),
                  json.path("last_access_at").asLong(json.get("created_at").longValue()),
                  json.hasNonNull("quarantined_by")
                      || json.get("safe_from_quarantine").asBoolean()));
      case "redaction" -> server.redacted.add(json.get("redacts").textValue());
      case "event" -> {
        JsonNode event = json.get("event");
        addAvatar(event.path("content").path("avatar_url"));
        if (event.get("type").textValue().equals("m.room.avatar")) {
          addAvatar(event.path("content").path("url"));
        }
        String membership = event.path("content").path("membership").asText("join");
        room(event)
            .events
            .add(
                new Event(
                    event.get("event_id").textValue(),
                    event.get("sender").textValue(),
                    event.get("type").textValue(),
                    event.get("origin_server_ts").longValue(),
                    !membership.equals("join"),
                    json.get("depth").longValue(),
                    event.has("state_key"),
                    json.path("outlier").asBoolean(),
                    event.path("content").path("body").asText()));
      }
      default -> {
        // events without meaning for jobs
      }
    }
  }

  private void addAvatar(JsonNode uri) {
    String prefix = "mxc://" + Community.SERVER + "/";
    if (uri.asText().startsWith(prefix)) {
      server.avatars.add(uri.asText().substring(prefix.length()));
    }
  }

  private Room room(JsonNode json) {
    return server.rooms.computeIfAbsent(json.get("room_id").textValue(), id -> new Room());
  }
}
