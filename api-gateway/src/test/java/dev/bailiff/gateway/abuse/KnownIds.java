package dev.bailiff.gateway.abuse;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;

/** Ids of things that exist, by the name of the placeholder that takes them. */
final class KnownIds {
  private static final Map<String, String> QUERIES =
      Map.ofEntries(
          Map.entry("user_id", "select user_id from homeserver.account where not admin"),
          Map.entry("room_id", "select room_id from homeserver.room"),
          Map.entry("room_id_or_alias", "select alias from homeserver.room_alias"),
          Map.entry("alias", "select alias from homeserver.room_alias"),
          Map.entry("file", "select 'start.js'"),
          Map.entry("event_id", "select event_id from homeserver.event where state_key is null"),
          Map.entry("device_id", "select device_id from homeserver.device"),
          Map.entry("media_id", "select media_id from homeserver.local_media"),
          Map.entry("server_name", "select server_name from homeserver.server"),
          Map.entry("report_id", "select id::text from homeserver.event_report"),
          Map.entry("token", "select token from homeserver.registration_token"),
          Map.entry("destination", "select destination from homeserver.destination"),
          Map.entry("provider", "select auth_provider from homeserver.external_id"),
          Map.entry("external_id", "select external_id from homeserver.external_id"),
          Map.entry("medium", "select distinct medium from homeserver.threepid"),
          Map.entry("address", "select address from homeserver.threepid"),
          Map.entry("target", "select target from jobs.target"),
          // not the one of the tests: a call may revoke it
          Map.entry(
              "token_id",
              "select left(encode(token_sha256, 'hex'), 16) from access.operator_token where name <> 'root'"),
          Map.entry("webhook_id", "select webhook_id::text from jobs.webhook"),
          Map.entry("job_id", "select job_id::text from jobs.job"),
          Map.entry("redact_id", "select job_id::text from jobs.job where kind = 'redact-events'"),
          Map.entry("delete_id", "select job_id::text from jobs.job where kind = 'delete-rooms'"),
          Map.entry("purge_id", "select job_id::text from jobs.job where kind = 'purge-history'"));

  /** Ids that look right and name nothing, for the placeholders that have some. */
  private static final Map<String, List<String>> UNKNOWN =
      Map.of(
          "user_id", List.of("@nobody:chat.example", "@somebody:away.example"),
          "room_id", List.of("!nothing:chat.example"),
          "event_id", List.of("$nothing"),
          "token_id", List.of("0123456789abcdef"),
          "webhook_id", List.of("00000000-0000-4000-8000-000000000000"));

  private static final int MOST = 5;

  private final Map<String, List<String>> ids = new HashMap<>();

  /** Reads the ids once, so that the generated requests depend on the seed alone. */
  KnownIds(Jdbi jdbi) {
    QUERIES.forEach(
        (placeholder, query) -> {
          var found =
              jdbi.withHandle(
                  handle ->
                      handle
                          .createQuery(query + " order by 1 limit " + MOST)
                          .mapTo(String.class)
                          .list());
          var unknown = UNKNOWN.getOrDefault(placeholder, List.of());
          ids.put(placeholder, Stream.concat(found.stream(), unknown.stream()).toList());
        });
  }

  /** A few ids, at least one. */
  List<String> of(String placeholder) {
    return ids.get(placeholder);
  }
}
