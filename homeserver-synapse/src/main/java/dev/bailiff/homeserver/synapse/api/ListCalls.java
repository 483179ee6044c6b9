package dev.bailiff.homeserver.synapse.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bailiff.homeserver.synapse.http.ApiPath;
import dev.bailiff.homeserver.synapse.http.ServiceAccount;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lists of users, rooms and media, with what they say of each, and what only a call about one says.
 */
public record ListCalls(ServiceAccount account) {

  /**
   * A page of a list.
   *
   * @param total number of all items of the list at the time of the call
   */
  public record Page(List<JsonNode> items, long total) {}

  /**
   * All accounts, by id in byte order (admin-api 4.4).
   *
   * @param part only ids that contain it, in any letter case; null for all
   */
  public Page users(long from, int limit, @Nullable String part) {
    var path =
        ApiPath.of("/_synapse/admin/v3/users").with("order_by", "name").with("locked", "true");
    return page(part == null ? path : path.with("user_id", part), from, limit, "users", "total");
  }

  /** Server admins who are not deactivated, by id; older servers list every account. */
  public Page admins(long from, int limit) {
    return page(
        ApiPath.of("/_synapse/admin/v2/users").with("order_by", "name").with("admins", "true"),
        from,
        limit,
        "users",
        "total");
  }

  /**
   * All rooms that a local user ever joined (admin-api 5.5), in an order that does not change: by
   * version, and by id among the same version.
   */
  public Page rooms(long from, int limit) {
    return page(
        ApiPath.of("/_synapse/admin/v1/rooms").with("order_by", "version").with("dir", "b"),
        from,
        limit,
        "rooms",
        "total_rooms");
  }

  /** The users who uploaded media, by id (admin-api 5.39). */
  public Page uploaders(long from, int limit) {
    return page(
        ApiPath.of("/_synapse/admin/v1/statistics/users/media").with("order_by", "user_id"),
        from,
        limit,
        "users",
        "total");
  }

  /** A user's media, by id (admin-api 4.13); none of an unknown user. */
  public Page media(String user, long from, int limit) {
    return page(
        ApiPath.of("/_synapse/admin/v1/users/{}/media", user).with("order_by", "media_id"),
        from,
        limit,
        "media",
        "total");
  }

  private Page page(ApiPath path, long from, int limit, String items, String total) {
    var answer = account.get(path.with("from", from).with("limit", limit));
    if (answer.isNotFound()) {
      return new Page(List.of(), 0);
    }
    var body = answer.orThrow();
    return new Page(list(body.path(items)), body.path(total).asLong());
  }

  /** An account in all that Synapse says of it (admin-api 4.1); empty if there is none. */
  public Optional<JsonNode> user(String id) {
    return found(ApiPath.of("/_synapse/admin/v2/users/{}", id));
  }

  /** A room in all that Synapse says of it (admin-api 5.6); empty for an unknown room. */
  public Optional<JsonNode> room(String id) {
    return found(ApiPath.of("/_synapse/admin/v1/rooms/{}", id));
  }

  private Optional<JsonNode> found(ApiPath path) {
    var answer = account.get(path);
    return answer.isNotFound() ? Optional.empty() : Optional.of(answer.orThrow());
  }

  /** The addresses of a user's connections of the last weeks (admin-api 4.5). */
  public List<String> addresses(String user) {
    var addresses = new ArrayList<String>();
    account
        .get(ApiPath.of("/_synapse/admin/v1/whois/{}", user))
        .orThrow()
        .findValues("ip")
        .forEach(ip -> addresses.add(ip.asText()));
    return addresses;
  }

  /** The joined members of a room (admin-api 4.36); none of an unknown room. */
  public List<String> members(String room) {
    return found(ApiPath.of("/_synapse/admin/v1/rooms/{}/members", room))
        .map(body -> list(body.path("members")).stream().map(JsonNode::asText).toList())
        .orElse(List.of());
  }

  /** The state events of a type of a room (admin-api 5.7); none of an unknown room. */
  public List<JsonNode> state(String room, String type) {
    return found(ApiPath.of("/_synapse/admin/v1/rooms/{}/state", room).with("type", type))
        .map(body -> list(body.path("state")))
        .orElse(List.of());
  }

  private static List<JsonNode> list(JsonNode array) {
    var items = new ArrayList<JsonNode>();
    array.forEach(items::add);
    return items;
  }
}
