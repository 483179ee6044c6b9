package dev.bailiff.homeserver.store.snapshot;

import static dev.bailiff.homeserver.store.snapshot.RecordColumn.bytes;
import static dev.bailiff.homeserver.store.snapshot.RecordColumn.flag;
import static dev.bailiff.homeserver.store.snapshot.RecordColumn.json;
import static dev.bailiff.homeserver.store.snapshot.RecordColumn.number;
import static dev.bailiff.homeserver.store.snapshot.RecordColumn.text;

import dev.bailiff.homeserver.media.MediaId;
import dev.bailiff.secret.Sha256;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The snapshot format, kind by kind; {@link EventWriter} writes events. */
final class RecordTables {

  private static final Pattern SHA256 = Pattern.compile("[0-9a-fA-F]{64}");

  private static final Map<String, RecordTable> ALL =
      Map.ofEntries(
          table(
              "user",
              "account",
              "(user_id)",
              1,
              text("user_id"),
              text("password_hash").optional(),
              flag("admin"),
              flag("is_guest"),
              text("user_type").optional(),
              flag("deactivated"),
              flag("erased"),
              flag("shadow_banned"),
              flag("locked"),
              flag("suspended"),
              flag("approved").optional(),
              text("displayname").optional(),
              text("avatar_url").optional(),
              number("created_at"),
              number("last_seen_at").optional(),
              text("appservice_id").optional(),
              text("consent_version").optional(),
              number("consent_at").optional(),
              text("consent_server_notice_sent").optional()),
          table(
              "threepid",
              "(medium, address)",
              2,
              text("medium"),
              text("address"),
              text("user_id"),
              number("added_at"),
              number("validated_at")),
          table(
              "external_id",
              "(auth_provider, external_id)",
              2,
              text("auth_provider"),
              text("external_id"),
              text("user_id")),
          table(
              "device",
              "(user_id, device_id)",
              2,
              text("user_id"),
              text("device_id"),
              text("display_name").optional(),
              text("last_seen_ip").optional(),
              text("last_seen_user_agent").optional(),
              number("last_seen_at").optional(),
              flag("hidden").orElse(false)),
          Map.entry("access_token", accessToken()),
          Map.entry("connection", ClientRecords.connection()),
          table(
              "pusher",
              "(user_id, app_id, pushkey)",
              3,
              text("user_id"),
              text("app_id"),
              text("pushkey"),
              text("kind"),
              text("app_display_name"),
              text("device_display_name"),
              text("profile_tag"),
              text("lang").optional(),
              json("data").optional(),
              text("device_id").optional(),
              flag("enabled").optional()),
          table(
              "account_data",
              "on constraint account_data_key",
              3,
              text("user_id"),
              text("room_id").optional(),
              text("type"),
              json("content")),
          table("push_rules", "(user_id)", 1, text("user_id"), json("rules")),
          table(
              "cross_signing_key",
              "(user_id, usage)",
              2,
              text("user_id"),
              text("usage"),
              json("key")),
          Map.entry("e2e_key", e2eKey()),
          table(
              "ratelimit_override",
              "(user_id)",
              1,
              text("user_id"),
              number("messages_per_second").optional(),
              number("burst_count").optional()),
          table(
              "room",
              "(room_id)",
              1,
              text("room_id"),
              text("room_version"),
              text("creator").optional(),
              flag("public")),
          table(
              "room_alias",
              "(alias)",
              1,
              text("alias"),
              text("room_id"),
              text("creator").optional()),
          table(
              "current_state",
              "(room_id, type, state_key)",
              3,
              text("room_id"),
              text("type"),
              text("state_key"),
              text("event_id")),
          table(
              "membership",
              "(room_id, user_id)",
              2,
              text("room_id"),
              text("user_id"),
              text("membership"),
              text("event_id"),
              flag("forgotten").orElse(false)),
          // The stored have_censored stays, as the store knows more: it has pruned the events that
          // were redacted here.
          table(
              "redaction",
              "(event_id)",
              3,
              text("event_id"),
              text("redacts"),
              flag("have_censored").orElse(false),
              flag("recheck").orElse(false)),
          Map.entry("receipt", ClientRecords.receipt()),
          // The first blocker stays recorded, as in the API.
          table("blocked_room", "(room_id)", 2, text("room_id"), text("user_id")),
          Map.entry("local_media", localMedia()),
          table(
              "local_thumbnail",
              "(media_id, width, height, type, method)",
              5,
              text("media_id"),
              number("width"),
              number("height"),
              text("type"),
              text("method"),
              number("length").optional()),
          table(
              "event_report",
              "(id)",
              1,
              number("id"),
              number("received_at"),
              text("room_id"),
              text("event_id"),
              text("user_id"),
              text("reason").optional(),
              json("content").optional()));

  /** The rows that a second import leaves alone, by kind. */
  private static final Map<String, Protection> PROTECTED =
      Map.ofEntries(
          Map.entry("user", Protection.NONE.orMarked()),
          Map.entry(
              "threepid",
              ofAccount().orRemoved("threepid", "n.medium || ' ' || n.address").orMarked()),
          Map.entry(
              "external_id",
              ofAccount().orRemoved("external_id", "n.auth_provider || ' ' || n.external_id")),
          Map.entry("device", ofAccount().orRemoved("device", "n.user_id || ' ' || n.device_id")),
          Map.entry("access_token", ofAccount().orRemoved("access_token", "lower(n.token_sha256)")),
          Map.entry("connection", ofAccount()),
          Map.entry(
              "pusher",
              ofAccount().orRemoved("pusher", "n.user_id || ' ' || n.app_id || ' ' || n.pushkey")),
          Map.entry("account_data", ofAccount().orOfRemovedRoom()),
          Map.entry("push_rules", ofAccount()),
          Map.entry("cross_signing_key", ofAccount()),
          Map.entry("e2e_key", ofAccount().orRemoved("device", "n.user_id || ' ' || n.device_id")),
          Map.entry(
              "ratelimit_override",
              ofAccount().orRemoved("ratelimit_override", "n.user_id").orMarked()),
          Map.entry("room", Protection.NONE.orOfRemovedRoom()),
          Map.entry(
              "room_alias",
              Protection.NONE.orOfRemovedRoom().orRemoved("room_alias", "n.alias").orMarked()),
          Map.entry("current_state", Protection.NONE.orOfRemovedRoom().orOfLeftRoom().orMarked()),
          Map.entry("membership", Protection.NONE.orOfRemovedRoom().orMarked()),
          Map.entry("receipt", Protection.NONE.orOfRemovedRoom()),
          Map.entry("blocked_room", Protection.NONE.orRemoved("blocked_room", "n.room_id")),
          Map.entry(
              "local_media", Protection.NONE.orRemoved("local_media", "n.media_id").orMarked()),
          Map.entry("local_thumbnail", Protection.NONE.orRemoved("local_media", "n.media_id")),
          Map.entry("event_report", Protection.NONE.orRemoved("event_report", "n.id::text")));

  private static Protection ofAccount() {
    return Protection.NONE.orOfClosedAccount();
  }

  /**
   * {@link #ALL} with {@link #PROTECTED}. The map is made once, as each line of a snapshot looks up
   * its table.
   */
  private static final Map<String, RecordTable> GUARDED =
      ALL.entrySet().stream()
          .collect(
              Collectors.toUnmodifiableMap(
                  Map.Entry::getKey,
                  kind ->
                      kind.getValue()
                          .leaving(PROTECTED.getOrDefault(kind.getKey(), Protection.NONE))));

  /** The table of a kind; empty if the format has no such kind. */
  static Optional<RecordTable> of(String kind) {
    return Optional.ofNullable(GUARDED.get(kind));
  }

  private RecordTables() {}

  private static Map.Entry<String, RecordTable> table(
      String kind, String conflict, int keyColumns, RecordColumn... columns) {
    return table(kind, kind, conflict, keyColumns, columns);
  }

  private static Map.Entry<String, RecordTable> table(
      String kind, String table, String conflict, int keyColumns, RecordColumn... columns) {
    return Map.entry(kind, new RecordTable(table, conflict, keyColumns, List.of(columns)));
  }

  /** The import stores only the hash of a plain token. */
  private static RecordTable accessToken() {
    List<RecordColumn> columns =
        List.of(
            bytes("token_sha256"),
            text("user_id"),
            text("device_id").optional(),
            number("valid_until_at").optional(),
            text("puppets_user_id").optional());
    return new RecordTable(
        "access_token",
        "(token_sha256)",
        1,
        columns,
        fields -> {
          JsonFields.Value plain = fields.find("token");
          String hash =
              plain != null && plain.text() != null
                  ? sha256(plain.text())
                  : (String) columns.get(0).read(fields);
          if (hash == null || !SHA256.matcher(hash).matches()) {
            throw new BadRecordException("\"token_sha256\" is not a SHA-256 in hexadecimal");
          }
          @Nullable Object[] row = new Object[columns.size()];
          row[0] = hash;
          for (int i = 1; i < row.length; i++) {
            row[i] = columns.get(i).read(fields);
          }
          return row;
        });
  }

  private static RecordTable e2eKey() {
    List<RecordColumn> columns =
        List.of(
            text("user_id"),
            text("device_id").orElse(""),
            text("kind"),
            bytes("key_sha256"),
            json("key"));
    return new RecordTable(
        "e2e_key",
        "(user_id, device_id, kind, key_sha256)",
        5,
        columns,
        fields -> {
          String key = String.valueOf(columns.get(4).read(fields));
          return new Object[] {
            columns.get(0).read(fields),
            columns.get(1).read(fields),
            columns.get(2).read(fields),
            sha256(key),
            key
          };
        });
  }

  /** Refuses ids that cannot be the name of a file, before anything looks for the file. */
  private static RecordTable localMedia() {
    List<RecordColumn> columns =
        List.of(
            text("media_id"),
            text("user_id").optional(),
            text("media_type").optional(),
            number("media_length").optional(),
            text("upload_name").optional(),
            number("created_at"),
            number("last_access_at").optional(),
            text("quarantined_by").optional(),
            flag("safe_from_quarantine").orElse(false),
            text("url_cache").optional(),
            text("sha256").optional(),
            flag("authenticated").optional());
    return new RecordTable(
        "local_media",
        "(media_id)",
        1,
        columns,
        fields -> {
          @Nullable Object[] row = columns.stream().map(column -> column.read(fields)).toArray();
          if (!MediaId.isValid(String.valueOf(row[0]))) {
            throw new UnstorableIdException("\"media_id\" cannot be one: " + row[0]);
          }
          return row;
        });
  }

  static String sha256(String text) {
    return HexFormat.of().formatHex(Sha256.of(text));
  }
}
