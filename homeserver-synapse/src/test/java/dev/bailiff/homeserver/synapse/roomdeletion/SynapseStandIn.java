package dev.bailiff.homeserver.synapse.roomdeletion;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.bailiff.homeserver.synapse.purge.SynapseTables;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/**
 * The calls of a room's deletion on a database with Synapse's schema: it blocks rooms in {@code
 * blocked_rooms}, and a purge deletes the rows that Synapse deletes. Tasks end at once.
 */
final class SynapseStandIn implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final SynapseTables tables;
  private final HttpServer server;
  private final List<ObjectNode> tasks = new ArrayList<>();
  private final List<String> purged = new ArrayList<>();

  SynapseStandIn(SynapseTables tables) throws IOException {
    this.tables = tables;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.start();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private synchronized void handle(HttpExchange exchange) throws IOException {
    try {
      var body = answer(exchange);
      var bytes = JSON.writeValueAsBytes(body);
      exchange.sendResponseHeaders(body.has("errcode") ? 404 : 200, bytes.length);
      exchange.getResponseBody().write(bytes);
    } finally {
      exchange.close();
    }
  }

  private ObjectNode answer(HttpExchange exchange) {
    var path = exchange.getRequestURI().getPath().replaceFirst("/_synapse/admin/", "");
    var parts = path.split("/");
    if (path.equals("v1/server_version")) {
      return node().put("server_version", SynapseTables.VERSION);
    }
    if (path.equals("v1/scheduled_tasks")) {
      var list = node();
      var open = exchange.getRequestURI().getQuery().contains("status=active");
      list.putArray("scheduled_tasks").addAll(open ? List.of() : tasks);
      return list;
    }
    var room = parts[2];
    if (path.endsWith("/block")) {
      return block(exchange, room);
    }
    if (exchange.getRequestMethod().equals("DELETE")) {
      return delete(exchange, room);
    }
    return purged.contains(room)
        ? node().put("errcode", "M_NOT_FOUND")
        : node().put("joined_local_members", 0);
  }

  private ObjectNode block(HttpExchange exchange, String room) {
    if (exchange.getRequestMethod().equals("PUT")) {
      tables.execute("delete from blocked_rooms where room_id = '" + room + "'");
      if (body(exchange).path("block").asBoolean()) {
        tables.execute("insert into blocked_rooms values ('" + room + "', '@bailiff:x')");
      }
    }
    return node().put("block", isBlocked(room));
  }

  private ObjectNode delete(HttpExchange exchange, String room) {
    if (body(exchange).path("purge").asBoolean()) {
      tables.purgeAsSynapse(room);
      purged.add(room);
    }
    var id = "task" + tasks.size();
    tasks.add(
        node().put("id", id).put("status", "complete").put("timestamp_ms", tasks.size() + 1L));
    return node().put("delete_id", id);
  }

  boolean isBlocked(String room) {
    return tables.count("select count(*) from blocked_rooms where room_id = '" + room + "'") > 0;
  }

  private static ObjectNode body(HttpExchange exchange) {
    try {
      return (ObjectNode) JSON.readTree(exchange.getRequestBody());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ObjectNode node() {
    return JsonNodeFactory.instance.objectNode();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
