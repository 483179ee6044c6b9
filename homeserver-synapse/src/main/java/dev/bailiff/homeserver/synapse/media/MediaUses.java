package dev.bailiff.homeserver.synapse.media;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.homeserver.batch.HomeserverUnavailableException;
import dev.bailiff.homeserver.batch.ShownFiles;
import dev.bailiff.homeserver.media.MediaMentions;
import dev.bailiff.homeserver.media.MediaUri;
import dev.bailiff.homeserver.synapse.api.TestedVersions;
import dev.bailiff.homeserver.synapse.batch.CursorJson;
import dev.bailiff.homeserver.synapse.batch.ReadTime;
import dev.bailiff.homeserver.synapse.database.BusyException;
import dev.bailiff.homeserver.synapse.database.Finding;
import dev.bailiff.homeserver.synapse.database.RoleRights;
import dev.bailiff.homeserver.synapse.database.SynapseDatabase;
import dev.bailiff.homeserver.synapse.database.SynapseDatabaseConfig;
import dev.bailiff.homeserver.synapse.database.TableRights;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/**
 * What shows a file of this server, read from Synapse's own database. Files of other servers are
 * left out: Synapse cannot delete its copies of them one by one.
 *
 * <p><b>Time:</b> a statement reads few rows, and fewer after one that took too long. A call reads
 * page after page until its time is over.
 *
 * <p><b>Errors:</b> a database that is away or busy is a {@link HomeserverUnavailableException};
 * one that may not be asked is an {@link IllegalStateException} with the reason.
 *
 * <p><b>Concurrency:</b> thread-safe.
 */
public final class MediaUses implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration SOON = Duration.ofSeconds(2);
  private static final Duration CHECKED = Duration.ofSeconds(10);

  /** Rows of a statement: a slow disk reads them in the 5 s that a statement has. */
  private static final int MOST = 500;

  private static final int LEAST = 20;

  private final SynapseDatabase database;
  private final TableRights allowed;
  private final Supplier<String> version;
  private final Supplier<String> serverName;
  private final ReadTime time;
  private volatile int page = MOST;
  private volatile @Nullable Checked checked;

  /**
   * @param allowed rights that the role may have beside those that are needed here
   * @param version the version that Synapse reports
   */
  public MediaUses(
      SynapseDatabase database,
      TableRights allowed,
      Supplier<String> version,
      Supplier<String> serverName,
      ReadTime time) {
    this.database = database;
    this.allowed = allowed;
    this.version = version;
    this.serverName = serverName;
    this.time = time;
  }

  /** Opens the database of a configuration, without connecting. */
  public static MediaUses open(
      SynapseDatabaseConfig config,
      TableRights allowed,
      Supplier<String> version,
      Supplier<String> serverName) {
    return new MediaUses(
        SynapseDatabase.openToRead(config), allowed, version, serverName, ReadTime.OF_THIS_PROCESS);
  }

  /** The results of all checks, made now. */
  public List<Finding> findings() {
    return check().findings();
  }

  /**
   * The reason why the database may not be asked; empty if it may. It is at most some seconds old.
   */
  public Optional<String> refusal() {
    var last = checked;
    var recent = last != null && System.nanoTime() - last.at() < CHECKED.toNanos() ? last : check();
    return Finding.refusal(recent.findings());
  }

  /**
   * The files that anything names: profiles, account data and events.
   *
   * @param size number of rows to look at, at most
   */
  public ShownFiles used(@Nullable Cursor after, int size) {
    requireAllowed();
    var place = after == null ? Place.START : CursorJson.read(after.value(), Place.class);
    var named = new LinkedHashSet<String>();
    var isOver = time.begin();
    int looked = 0;
    do {
      int limit = Math.min(page, size - looked);
      var at = place;
      var rows = read(handle -> rows(handle, at, limit));
      rows.forEach(row -> addLocal(row.text(), named));
      looked += rows.size();
      place = place.behind(rows, limit);
    } while (place != null && looked < size && !isOver.getAsBoolean());
    return new ShownFiles(List.copyOf(named), place == null ? null : CursorJson.cursor(place));
  }

  /**
   * The files that the events of a room show and that may be deleted.
   *
   * @param size number of events to look at, at most
   */
  public ShownFiles shownIn(String room, @Nullable Cursor after, int size) {
    requireAllowed();
    long place = after == null ? Long.MIN_VALUE : Long.parseLong(after.value());
    var shown = new LinkedHashSet<String>();
    var isOver = time.begin();
    int looked = 0;
    boolean more;
    do {
      int limit = Math.min(page, size - looked);
      long from = place;
      var events = read(handle -> events(handle, room, from, limit));
      for (var event : events) {
        shown.addAll(MediaMentions.shown(content(event.json())));
        place = event.ordering();
      }
      looked += events.size();
      more = events.size() == limit;
    } while (more && looked < size && !isOver.getAsBoolean());
    return new ShownFiles(deletable(shown), more ? new Cursor(Long.toString(place)) : null);
  }

  /** Those of some files that are here and neither protected nor in quarantine. */
  public List<String> deletable(Collection<String> uris) {
    requireAllowed();
    var server = serverName.get();
    var ids = new LinkedHashSet<String>();
    uris.forEach(
        uri ->
            MediaUri.parse(uri)
                .filter(medium -> medium.server().equals(server))
                .ifPresent(medium -> ids.add(medium.id())));
    return ids.isEmpty()
        ? List.of()
        : read(handle -> deletable(handle, ids)).stream()
            .map(id -> new MediaUri(server, id).text())
            .toList();
  }

  private void addLocal(@Nullable String text, Set<String> named) {
    if (text != null) {
      var local = "mxc://" + serverName.get() + "/";
      MediaMentions.named(text).stream().filter(uri -> uri.startsWith(local)).forEach(named::add);
    }
  }

  private static JsonNode content(@Nullable String json) {
    if (json == null) {
      return JSON.missingNode();
    }
    try {
      return JSON.readTree(json).path("content");
    } catch (JsonProcessingException e) {
      // What cannot be read shows nothing, so nothing is deleted for it.
      return JSON.missingNode();
    }
  }

  private static List<Row> rows(Handle handle, Place place, int limit) {
    var query = handle.createQuery(place.source().sql()).bind("limit", limit);
    int keys = place.key().size();
    for (int n = 0; n < keys; n++) {
      query.bind("k" + (n + 1), place.key().get(n));
    }
    return query
        .map(
            (row, context) -> {
              var key = new ArrayList<String>();
              for (int n = 0; n < keys; n++) {
                key.add(row.getString("k" + (n + 1)));
              }
              return new Row(key, row.getString("text"));
            })
        .list();
  }

  private static List<Event> events(Handle handle, String room, long after, int limit) {
    return handle
        .createQuery(MediaSql.OF_ROOM)
        .bind("room", room)
        .bind("after", after)
        .bind("limit", limit)
        .map((row, context) -> new Event(row.getLong("stream_ordering"), row.getString("json")))
        .list();
  }

  private static List<String> deletable(Handle handle, Set<String> ids) {
    return handle
        .createQuery(MediaSql.DELETABLE)
        .bindArray("ids", String.class, ids)
        .mapTo(String.class)
        .list();
  }

  /** Reads a page; the next one is smaller if this one took too long, otherwise larger. */
  private <T> T read(Function<Handle, T> work) {
    try {
      var rows = database.run(work);
      page = Math.min(MOST, page + page / 8 + 1);
      return rows;
    } catch (BusyException e) {
      page = Math.max(LEAST, page / 2);
      throw new HomeserverUnavailableException("Synapse's database is busy", e, SOON);
    }
  }

  private void requireAllowed() {
    refusal()
        .ifPresent(
            reason -> {
              throw new IllegalStateException(
                  "Synapse's database may not be asked what shows a file: " + reason);
            });
  }

  private Checked check() {
    var release = version.get();
    var made = new Checked(findings(release), System.nanoTime());
    checked = made;
    return made;
  }

  private List<Finding> findings(String release) {
    var findings = new ArrayList<Finding>();
    findings.add(
        new Finding(
            "version",
            TestedVersions.contains(release)
                ? Optional.empty()
                : Optional.of(release + " is not known")));
    try {
      findings.add(
          new Finding(
              "rights", read(handle -> RoleRights.problem(handle, MediaTables.RIGHTS, allowed))));
    } catch (JdbiException e) {
      var refusal = SynapseDatabase.refusal(e);
      if (refusal == null) {
        throw e;
      }
      findings.add(new Finding("database", Optional.of(refusal)));
    }
    return findings;
  }

  /**
   * Where a walk goes on.
   *
   * @param key of the last row that was read
   */
  record Place(MediaSql.Source source, List<String> key) {
    static final Place START = at(MediaSql.Source.PROFILES);

    private static Place at(MediaSql.Source source) {
      return new Place(source, source.start());
    }

    /** The place behind a page; null behind the last one. */
    @Nullable Place behind(List<Row> rows, int limit) {
      if (rows.size() == limit) {
        return new Place(source, rows.get(limit - 1).key());
      }
      var sources = MediaSql.Source.values();
      int next = source.ordinal() + 1;
      return next < sources.length ? at(sources[next]) : null;
    }
  }

  private record Row(List<String> key, @Nullable String text) {}

  private record Event(long ordering, @Nullable String json) {}

  private record Checked(List<Finding> findings, long at) {}

  @Override
  public void close() {
    database.close();
  }
}
