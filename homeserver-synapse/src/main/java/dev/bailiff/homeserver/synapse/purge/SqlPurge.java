package dev.bailiff.homeserver.synapse.purge;

import dev.bailiff.homeserver.batch.HomeserverUnavailableException;
import dev.bailiff.homeserver.synapse.database.BusyException;
import dev.bailiff.homeserver.synapse.database.Finding;
import dev.bailiff.homeserver.synapse.database.SynapseDatabase;
import dev.bailiff.homeserver.synapse.database.SynapseDatabaseConfig;
import dev.bailiff.homeserver.synapse.database.TableRights;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/**
 * Purges of large rooms by direct SQL: what they need, what they delete, and what is left.
 *
 * <p><b>Errors:</b> a database that is away, or busy outside a batch, is a {@link
 * HomeserverUnavailableException}. Everything else that speaks against a purge is a reason for
 * people.
 *
 * <p><b>Concurrency:</b> thread-safe.
 */
public final class SqlPurge implements AutoCloseable {
  private static final Duration SOON = Duration.ofSeconds(1);
  private static final Duration LATER = Duration.ofSeconds(2);
  private static final Duration CHECKED = Duration.ofSeconds(10);

  private final SynapseDatabase database;
  private final int fromEvents;
  private final Supplier<String> version;
  private final TimelineBatch batch = new TimelineBatch();
  private volatile @Nullable Checked checked;

  /**
   * @param fromEvents number of events from which a room is large
   * @param version the version that Synapse reports
   */
  public SqlPurge(SynapseDatabase database, int fromEvents, Supplier<String> version) {
    this.database = database;
    this.fromEvents = fromEvents;
    this.version = version;
  }

  /** Opens the purges of a configuration, without connecting. */
  public static SqlPurge open(SynapseDatabaseConfig config, Supplier<String> version) {
    return new SqlPurge(
        SynapseDatabase.open(config, config.purge().connections()),
        config.purge().fromEvents(),
        version);
  }

  /** The rights that the role of a purge needs. */
  public static TableRights rights() {
    return PurgeTables.rights();
  }

  /**
   * A part of a room's events.
   *
   * @param from stream position behind which it begins
   * @param to last stream position of it
   */
  public record Positions(long from, long to) {}

  /**
   * A part of a room's events with their number.
   *
   * @param items number of timeline events
   */
  public record Part(Positions positions, long items) {}

  /** The results of all checks, made now. */
  public List<Finding> findings() {
    return check().findings();
  }

  private List<Finding> findings(String release) {
    try {
      return database.run(handle -> SchemaCheck.check(handle, release));
    } catch (JdbiException e) {
      var refusal = SynapseDatabase.refusal(e);
      if (refusal == null) {
        throw e;
      }
      return List.of(new Finding("database", Optional.of(refusal)));
    } catch (BusyException e) {
      throw away(e);
    }
  }

  /**
   * The reason why Synapse purges a room itself; empty if the room may be purged by direct SQL.
   * Everything is checked anew.
   */
  public Optional<String> refusal(String room) {
    return Finding.refusal(check().findings())
        .or(
            () ->
                read(
                    handle ->
                        RoomRows.hasMany(handle, room, fromEvents)
                            ? closed(handle, room)
                            : Optional.of("the room has fewer than " + fromEvents + " events")));
  }

  /** Whether all checks passed a moment ago; otherwise Synapse works alone. */
  public boolean isAllowed() {
    return Finding.refusal(recent().findings()).isEmpty();
  }

  /**
   * The next parts of a room's timeline; stretches without events belong to no part.
   *
   * @param after stream position behind which they begin
   * @param span number of stream positions in a part
   * @param most number of parts
   */
  public List<Part> parts(String room, long after, int span, int most) {
    return read(
        handle -> {
          var parts = new ArrayList<Part>();
          long place = after;
          while (parts.size() < most) {
            var next = RoomRows.next(handle, room, place);
            if (next.isEmpty()) {
              break;
            }
            var part = new Positions(next.get() - 1, next.get() - 1 + span);
            parts.add(new Part(part, RoomRows.count(handle, room, part.from(), part.to())));
            place = part.to();
          }
          return parts;
        });
  }

  /**
   * Deletes events: as many transactions as fit the time, at least one.
   *
   * @param part behind its {@code from} the deletion begins
   * @param size number of events at most
   * @param time no transaction is begun after it
   */
  public PurgeStep purge(String room, Positions part, int size, Duration time) {
    var check = recent();
    var refusal = Finding.refusal(check.findings());
    if (refusal.isPresent()) {
      return new PurgeStep.Refused(0, refusal.get());
    }
    var known = KnownSchemas.of(check.version()).orElseThrow();
    try {
      return database
          .inSlot(handle -> gated(handle, room, part, size, time, known))
          .orElseGet(
              () ->
                  new PurgeStep.Later(
                      0, part.from(), LATER, "other purges use all connections", false));
    } catch (BusyException e) {
      return new PurgeStep.Later(0, part.from(), SOON, "Synapse's database is busy", false);
    } catch (JdbiException e) {
      var reason = SynapseDatabase.refusal(e);
      if (reason == null) {
        throw e;
      }
      return new PurgeStep.Refused(0, reason);
    }
  }

  private PurgeStep gated(
      Handle handle, String room, Positions part, int size, Duration time, KnownSchema known) {
    var pass = PurgeGate.look(handle, room);
    if (pass instanceof PurgeGate.Pass.Closed closed) {
      return new PurgeStep.Refused(0, closed.reason());
    }
    if (pass instanceof PurgeGate.Pass.Later later) {
      return new PurgeStep.Later(0, part.from(), LATER, later.reason(), true);
    }
    return transactions(handle, room, part, size, time, known);
  }

  private PurgeStep transactions(
      Handle handle, String room, Positions part, int size, Duration time, KnownSchema known) {
    long end = System.nanoTime() + time.toNanos();
    long events = 0;
    long last = part.from();
    do {
      TimelineBatch.Result result;
      try {
        var stretch =
            new TimelineBatch.Stretch(room, last, part.to(), (int) Math.max(1, size - events));
        result = batch.delete(handle, stretch, known);
      } catch (BusyException e) {
        return new PurgeStep.Later(events, last, SOON, "Synapse's database is busy", false);
      }
      if (result instanceof TimelineBatch.Result.Unblocked) {
        return new PurgeStep.Unblocked(events);
      }
      if (result instanceof TimelineBatch.Result.Changed changed) {
        return new PurgeStep.Refused(events, changed.reason());
      }
      if (result instanceof TimelineBatch.Result.Deleted deleted) {
        events += deleted.events();
        last = deleted.last();
      }
    } while (last < part.to() && events < size && System.nanoTime() < end);
    return new PurgeStep.Deleted(events, last);
  }

  /** Deletes expiry times of the events that are left, before Synapse deletes these events. */
  public void forgetExpiry(String room) {
    change(handle -> RoomRows.forgetExpiry(handle, room));
  }

  /** Deletes the rows that stay behind after Synapse purged the room. */
  public void forget(String room) {
    change(handle -> RoomRows.forget(handle, room));
  }

  /** What is left of a room, in words. */
  public List<String> left(String room) {
    return read(handle -> RoomRows.left(handle, room));
  }

  private static Optional<String> closed(Handle handle, String room) {
    return PurgeGate.look(handle, room) instanceof PurgeGate.Pass.Closed closed
        ? Optional.of(closed.reason())
        : Optional.empty();
  }

  private void change(Consumer<Handle> work) {
    read(
        connection ->
            SynapseDatabase.inTransaction(
                connection,
                handle -> {
                  work.accept(handle);
                  return true;
                }));
  }

  private <T> T read(Function<Handle, T> work) {
    try {
      return database.run(work);
    } catch (BusyException e) {
      throw away(e);
    }
  }

  private static HomeserverUnavailableException away(BusyException e) {
    return new HomeserverUnavailableException("Synapse's database is busy", e, SOON);
  }

  private Checked recent() {
    var last = checked;
    return last != null && System.nanoTime() - last.at() < CHECKED.toNanos() ? last : check();
  }

  private Checked check() {
    var release = version.get();
    var made = new Checked(release, findings(release), System.nanoTime());
    checked = made;
    return made;
  }

  private record Checked(String version, List<Finding> findings, long at) {}

  @Override
  public void close() {
    database.close();
  }
}
