package dev.bailiff.homeserver.synapse.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.homeserver.batch.Range;
import dev.bailiff.homeserver.batch.Target;
import dev.bailiff.homeserver.redaction.EventConditions;
import dev.bailiff.homeserver.redaction.EventsLeft;
import dev.bailiff.homeserver.redaction.RedactionScope;
import dev.bailiff.homeserver.synapse.api.RoomCalls;
import dev.bailiff.homeserver.synapse.batch.ReadTime;
import dev.bailiff.testing.synapse.LocalServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server with rooms of some pages of events; each page takes a second of the test's clock. */
class OpenCandidatesTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SPAMMER = "@spammer:chat.example";
  private static final String REDACTED = "r";
  private static final String OPEN = "o";

  @TempDir Path folder;

  private final AtomicLong now = new AtomicLong();
  private final ReadTime time = new ReadTime(now::get);
  private final Map<String, List<String>> rooms = new HashMap<>();
  private LocalServer server;
  private ScopeWalk walk;
  private int pages;

  @BeforeEach
  void start() throws IOException {
    server = LocalServer.answering(this::messages);
    walk = new ScopeWalk(new Candidates(new RoomCalls(server.account(folder))));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void countsOpenCandidatesOfAllRooms() {
    rooms.put("!a:b", List.of("oor", "o"));
    rooms.put("!c:d", List.of("rr"));

    assertThat(left(null, "!a:b", "!c:d")).isEqualTo(new EventsLeft(3, null));
  }

  @Test
  void aRoomThatIsTooLargeForOneCallIsCountedInParts() {
    rooms.put("!a:b", List.of("o", "oo", "r", "ooo", "o", "or", "r", "o"));

    var first = left(null, "!a:b");

    assertThat(first.next()).isNotNull();
    assertThat(pages).as("pages of the first call").isEqualTo(3);
    assertThat(first.count()).isEqualTo(3);
    assertThat(allOf(null, "!a:b")).isEqualTo(9);
  }

  @Test
  void countsOpenCandidatesAmongTheNewestAlone() {
    rooms.put("!a:b", List.of("oororo"));
    rooms.put("!c:d", List.of("o", "oooo", "o", "r", "o"));

    assertThat(allOf(3, "!a:b")).isEqualTo(2);
    assertThat(allOf(3, "!c:d")).isEqualTo(2);
    assertThat(allOf(3, "!a:b", "!c:d")).isEqualTo(4);
  }

  @Test
  void thePlanHasTheSameCandidates() {
    rooms.put("!c:d", List.of("o", "oooo", "o", "r", "o"));

    assertThat(planned(3, "!c:d")).isEqualTo(3);
    assertThat(planned(100, "!c:d")).isEqualTo(8);
    assertThat(planned(null, "!c:d")).isEqualTo(8);
  }

  private EventsLeft left(@Nullable Integer limit, String... scope) {
    return new OpenCandidates(walk, time).count(scope(limit, scope), null);
  }

  private long allOf(@Nullable Integer limit, String... scope) {
    var open = new OpenCandidates(walk, time);
    long left = 0;
    Cursor after = null;
    do {
      var part = open.count(scope(limit, scope), after);
      left += part.count();
      after = part.next();
    } while (after != null);
    return left;
  }

  private long planned(@Nullable Integer limit, String... scope) {
    var ranges = new EventRanges(walk, time);
    long items = 0;
    Cursor after = null;
    do {
      var page = ranges.page(scope(limit, scope), after);
      items += page.ranges().stream().mapToLong(Range::items).sum();
      after = page.next();
    } while (after != null);
    return items;
  }

  private static RedactionScope scope(@Nullable Integer limit, String... rooms) {
    return new RedactionScope(
        new Target(0, SPAMMER), List.of(rooms), limit, EventConditions.between(null, null));
  }

  private void messages(HttpExchange exchange) throws IOException {
    try (exchange) {
      pages++;
      now.addAndGet(Duration.ofSeconds(1).toNanos());
      var room = exchange.getRequestURI().getPath().split("/")[5];
      var query = exchange.getRequestURI().getQuery();
      int from =
          Optional.of(query.indexOf("from="))
              .filter(at -> at >= 0)
              .map(at -> Integer.parseInt(query.substring(at + 5).split("&")[0]))
              .orElse(0);
      var body = JSON.writeValueAsBytes(page(rooms.get(room), from));
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  /** Synapse names an end with each page that has events, so the last page is an empty one. */
  private static Map<String, Object> page(List<String> pages, int from)
      throws JsonProcessingException {
    var events = new ArrayList<Object>();
    var marks = from < pages.size() ? pages.get(from) : "";
    for (String mark : marks.split("")) {
      if (mark.equals(OPEN) || mark.equals(REDACTED)) {
        events.add(event(mark));
      }
    }
    return from + 1 < pages.size()
        ? Map.of("chunk", events, "end", Integer.toString(from + 1))
        : Map.of("chunk", events);
  }

  private static Map<String, Object> event(String mark) {
    return Map.of(
        "event_id",
        "$e",
        "type",
        "m.room.message",
        "origin_server_ts",
        1,
        "unsigned",
        mark.equals(REDACTED) ? Map.of("redacted_because", Map.of()) : Map.of());
  }
}
