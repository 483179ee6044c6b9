package dev.bailiff.standalone;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bailiff.embedded.EmbeddedSynapse;
import dev.bailiff.secret.Secret;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A small community on an empty Synapse that was flooded with spam, made as clients make it: by
 * registration, rooms, messages and uploads.
 */
final class DemoFlood {
  private static final int MEMBERS = 5;
  private static final int SPAMMERS = 6;
  private static final int MESSAGES = 6;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final EmbeddedSynapse synapse;
  private final HttpClient http = HttpClient.newHttpClient();
  private int transactions;
  private int messages;

  DemoFlood(EmbeddedSynapse synapse) {
    this.synapse = synapse;
  }

  /** Fills the server and returns the numbers in one sentence. */
  String fill() {
    List<String> members = register("member", MEMBERS);
    List<String> spammers = register("crypto-gain", SPAMMERS);
    String lobby = room(members.get(0), "Lobby", members, spammers);
    room(members.get(1), "Garden", members, List.of());
    room(spammers.get(0), "Easy gain", spammers, List.of(members.get(2)));
    room(spammers.get(1), "Double your coins", spammers, List.of());
    for (String member : members) {
      send(member, lobby, "Good morning, garden people");
    }
    for (String spammer : spammers) {
      upload(spammer);
    }
    return String.format(
        Locale.ROOT, "%d members, %d spammers, 4 rooms, %d messages.", MEMBERS, SPAMMERS, messages);
  }

  private List<String> register(String name, int count) {
    List<String> tokens = new ArrayList<>();
    for (int n = 0; n < count; n++) {
      tokens.add(
          synapse.register(String.format(Locale.ROOT, "%s-%02d", name, n), Secret.random(), false));
    }
    return tokens;
  }

  /** A room with everybody in it, in which each guest says something. */
  private String room(String owner, String name, List<String> crowd, List<String> guests) {
    String room =
        call(
                "POST",
                "/_matrix/client/v3/createRoom",
                owner,
                node().put("preset", "public_chat").put("name", name))
            .path("room_id")
            .asText();
    List<String> all = new ArrayList<>(crowd);
    all.addAll(guests);
    for (String user : all) {
      if (!user.equals(owner)) {
        call("POST", "/_matrix/client/v3/rooms/" + encoded(room) + "/join", user, node());
      }
      for (int n = 0; n < MESSAGES; n++) {
        send(user, room, "Message " + n + " in " + name);
      }
    }
    return room;
  }

  private void send(String user, String room, String text) {
    call(
        "PUT",
        "/_matrix/client/v3/rooms/" + encoded(room) + "/send/m.room.message/demo" + transactions++,
        user,
        node().put("msgtype", "m.text").put("body", text));
    messages++;
  }

  private void upload(String user) {
    exchange(
        request("/_matrix/media/v3/upload?filename=offer.txt", user)
            .header("Content-Type", "text/plain")
            .POST(BodyPublishers.ofString("Send one coin, get two"))
            .build());
  }

  private JsonNode call(String method, String path, String user, ObjectNode body) {
    return exchange(
        request(path, user)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body.toString()))
            .build());
  }

  private HttpRequest.Builder request(String path, String user) {
    return HttpRequest.newBuilder(URI.create(synapse.url() + path))
        .timeout(PATIENCE)
        .header("Authorization", "Bearer " + user);
  }

  private JsonNode exchange(HttpRequest request) {
    try {
      var response = http.send(request, BodyHandlers.ofString());
      if (response.statusCode() / 100 != 2) {
        throw new CommandException(
            ExitCode.ENDED_BADLY,
            "the demo's Synapse answers "
                + response.statusCode()
                + " to "
                + request.uri().getPath());
      }
      return JSON.readTree(response.body());
    } catch (IOException e) {
      throw new CommandException(
          ExitCode.ENDED_BADLY, "the demo's Synapse does not answer: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandException(ExitCode.ENDED_BADLY, "interrupted");
    }
  }

  private static String encoded(String room) {
    return java.net.URLEncoder.encode(room, StandardCharsets.UTF_8);
  }

  private static ObjectNode node() {
    return JsonNodeFactory.instance.objectNode();
  }
}
