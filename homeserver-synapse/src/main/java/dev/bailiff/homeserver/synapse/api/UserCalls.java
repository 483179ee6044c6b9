package dev.bailiff.homeserver.synapse.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bailiff.homeserver.synapse.http.Answer;
import dev.bailiff.homeserver.synapse.http.ApiPath;
import dev.bailiff.homeserver.synapse.http.ServiceAccount;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Calls about one user. */
public record UserCalls(ServiceAccount account) {

  /**
   * An account.
   *
   * @param named whether it has a display name or an avatar
   * @param threepids number of addresses
   */
  public record User(
      boolean deactivated,
      boolean erased,
      boolean suspended,
      boolean named,
      int threepids,
      boolean admin) {}

  /**
   * A page of ids.
   *
   * @param createdAt when each medium was uploaded, ms since the epoch
   * @param total number of ids in the whole list
   */
  public record Ids(List<String> ids, List<Long> createdAt, long total) {}

  /** The account of a user (admin-api 4.1); empty if there is none. */
  public Optional<User> user(String id) {
    var answer = account.get(ApiPath.of("/_synapse/admin/v2/users/{}", id));
    // An id that names a user of another server, or no user at all, has no account here.
    if (answer.isNotFound() || answer.status() == 400) {
      return Optional.empty();
    }
    var body = answer.orThrow();
    return Optional.of(
        new User(
            body.path("deactivated").asBoolean(),
            body.path("erased").asBoolean(),
            body.path("suspended").asBoolean(),
            body.hasNonNull("displayname") || body.hasNonNull("avatar_url"),
            body.path("threepids").size(),
            body.path("admin").asBoolean()));
  }

  /** Deactivates an account (admin-api 4.7). Synapse leaves the rooms afterwards, by itself. */
  public Answer deactivate(String id, boolean erase) {
    return account.send(
        "POST",
        ApiPath.of("/_synapse/admin/v1/deactivate/{}", id),
        ServiceAccount.parameters().put("erase", erase));
  }

  /** Suspends an account (admin-api 5.26). */
  public Answer suspend(String id) {
    return account.send(
        "PUT",
        ApiPath.of("/_synapse/admin/v1/suspend/{}", id),
        ServiceAccount.parameters().put("suspend", true));
  }

  /** The rooms that a user is joined to (admin-api 4.11). */
  public List<String> joinedRooms(String id) {
    var body = account.get(ApiPath.of("/_synapse/admin/v1/users/{}/joined_rooms", id)).orThrow();
    return texts(body.path("joined_rooms"));
  }

  /** The membership of a user in each room whose current state has one (admin-api 5.27). */
  public TreeMap<String, String> memberships(String id) {
    var memberships = new TreeMap<String, String>();
    account
        .get(ApiPath.of("/_synapse/admin/v1/users/{}/memberships", id))
        .orThrow()
        .path("memberships")
        .properties()
        .forEach(entry -> memberships.put(entry.getKey(), entry.getValue().asText()));
    return memberships;
  }

  /** Number of a user's devices (admin-api 4.19). */
  public int devices(String id) {
    var answer = account.get(ApiPath.of("/_synapse/admin/v2/users/{}/devices", id));
    return answer.isNotFound() ? 0 : answer.orThrow().path("devices").size();
  }

  /** Number of a user's pushers (admin-api 4.25). */
  public int pushers(String id) {
    var answer = account.get(ApiPath.of("/_synapse/admin/v1/users/{}/pushers", id));
    return answer.isNotFound() ? 0 : answer.orThrow().path("pushers").size();
  }

  /**
   * A page of a user's media (admin-api 4.13).
   *
   * @param order a name of the API
   */
  public Ids media(String id, String order, boolean descending, long from, long limit) {
    var answer =
        account.get(
            ApiPath.of("/_synapse/admin/v1/users/{}/media", id)
                .with("order_by", order)
                .with("dir", descending ? "b" : "f")
                .with("from", from)
                .with("limit", limit));
    if (answer.isNotFound()) {
      return new Ids(List.of(), List.of(), 0);
    }
    var body = answer.orThrow();
    var ids = new ArrayList<String>();
    var createdAt = new ArrayList<Long>();
    body.path("media")
        .forEach(
            medium -> {
              ids.add(medium.path("media_id").asText());
              createdAt.add(medium.path("created_ts").asLong());
            });
    return new Ids(ids, createdAt, body.path("total").asLong());
  }

  /**
   * Deletes a page of a user's media, by the time of upload (admin-api 4.13). Synapse deletes one
   * medium after the other; files that it cannot delete are left out of its answer.
   */
  public Answer deleteMedia(String id, boolean descending, long from, long limit) {
    return account.send(
        "DELETE",
        ApiPath.of("/_synapse/admin/v1/users/{}/media", id)
            .with("order_by", "created_ts")
            .with("dir", descending ? "b" : "f")
            .with("from", from)
            .with("limit", limit),
        null);
  }

  /** Starts Synapse's own redaction of a user's events (admin-api 4.34). */
  public Answer redact(String id, JsonNode parameters) {
    return account.send("POST", ApiPath.of("/_synapse/admin/v1/user/{}/redact", id), parameters);
  }

  private static List<String> texts(JsonNode array) {
    var texts = new ArrayList<String>();
    array.forEach(text -> texts.add(text.asText()));
    return texts;
  }
}
