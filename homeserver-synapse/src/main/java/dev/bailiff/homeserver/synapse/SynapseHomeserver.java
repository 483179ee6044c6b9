package dev.bailiff.homeserver.synapse;

import dev.bailiff.homeserver.Homeserver;
import dev.bailiff.homeserver.HomeserverTraits;
import dev.bailiff.homeserver.batch.Target;
import dev.bailiff.homeserver.counting.CountingPort;
import dev.bailiff.homeserver.deactivation.DeactivationPort;
import dev.bailiff.homeserver.guard.AdminTurns;
import dev.bailiff.homeserver.guard.GuardPort;
import dev.bailiff.homeserver.history.HistoryPort;
import dev.bailiff.homeserver.media.MediaPort;
import dev.bailiff.homeserver.redaction.RedactionPort;
import dev.bailiff.homeserver.roomdeletion.RoomDeletionPort;
import dev.bailiff.homeserver.selection.SelectionPort;
import dev.bailiff.homeserver.suspension.SuspensionPort;
import dev.bailiff.homeserver.synapse.batch.ItemCalls;
import dev.bailiff.homeserver.synapse.counting.FirstReads;
import dev.bailiff.homeserver.synapse.counting.SynapseCounting;
import dev.bailiff.homeserver.synapse.deactivation.SynapseDeactivation;
import dev.bailiff.homeserver.synapse.guard.SynapseGuard;
import dev.bailiff.homeserver.synapse.history.SynapseHistory;
import dev.bailiff.homeserver.synapse.http.ServiceAccount;
import dev.bailiff.homeserver.synapse.http.SynapseClient;
import dev.bailiff.homeserver.synapse.media.MediaUses;
import dev.bailiff.homeserver.synapse.media.SynapseMedia;
import dev.bailiff.homeserver.synapse.pace.PaceConfig;
import dev.bailiff.homeserver.synapse.pace.Pacing;
import dev.bailiff.homeserver.synapse.purge.SqlPurge;
import dev.bailiff.homeserver.synapse.redaction.SynapseRedaction;
import dev.bailiff.homeserver.synapse.roomdeletion.SynapseRoomDeletion;
import dev.bailiff.homeserver.synapse.selection.SynapseSelection;
import dev.bailiff.homeserver.synapse.suspension.SynapseSuspension;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The port on a running Synapse. */
public final class SynapseHomeserver implements Homeserver {
  private static final int PARALLEL = 8;

  /**
   * Targets whose stages wait for a task of Synapse are worked one after the other in a segment, so
   * segments are short.
   */
  private static final int TARGETS_A_SEGMENT = 10;

  private final SynapseCalls api;
  private final ServerNames serverName;
  private final Pacing pacing;
  private final ItemCalls calls;
  private final SynapseClient client;
  private final @Nullable SqlPurge sql;
  private final @Nullable MediaUses uses;
  private final DeactivationPort deactivation;
  private final SuspensionPort suspension;
  private final RedactionPort redaction;
  private final RoomDeletionPort roomDeletion;
  private final HistoryPort history;
  private final MediaPort media;
  private final SelectionPort selection;
  private final CountingPort counting;
  private final GuardPort guard;

  /**
   * @param account the service account, a server admin; its client is closed with the homeserver
   * @param appservice the application service; null if there is none
   * @param bounds how much may run at a time
   * @param sql purges of large rooms by direct SQL, closed with the homeserver; null for none
   * @param uses tells what shows a file, closed with the homeserver; null if nothing does
   */
  public SynapseHomeserver(
      ServiceAccount account,
      @Nullable ServiceAccount appservice,
      Bounds bounds,
      @Nullable SqlPurge sql,
      @Nullable MediaUses uses) {
    this.api = SynapseCalls.of(account);
    this.client = account.client();
    this.sql = sql;
    this.uses = uses;
    this.serverName = new ServerNames(api.server());
    this.pacing = new Pacing(bounds.pace(), api.server()::lightCalls);
    this.calls = new ItemCalls(pacing, account::requireAlive);
    this.guard = new SynapseGuard(api.lists(), calls, serverName::get, serverName::self);
    this.deactivation = new SynapseDeactivation(api.users(), calls, guard, bounds.adminTurns());
    this.suspension = new SynapseSuspension(api.users(), calls);
    this.redaction =
        new SynapseRedaction(
            api.users(),
            api.rooms(),
            api.tasks(),
            calls,
            appservice,
            bounds.tasks(),
            bounds.pace().most(),
            uses);
    this.roomDeletion =
        new SynapseRoomDeletion(
            api.users(), api.rooms(), api.tasks(), calls, bounds.tasks(), sql, uses);
    this.history =
        new SynapseHistory(api.rooms(), api.events(), api.tasks(), calls, bounds.tasks());
    this.selection = new SynapseSelection(api.lists(), api.rooms(), calls);
    this.counting =
        new SynapseCounting(
            api.users(),
            api.rooms(),
            api.media(),
            serverName::get,
            new FirstReads() {
              @Override
              public <T, R> List<R> readFirst(List<T> items, Function<T, R> call) {
                return calls.readFirst(items, PARALLEL, call);
              }
            });
    this.media = new SynapseMedia(api.users(), api.media(), calls, serverName::get, uses);
  }

  /**
   * How much may run at a time.
   *
   * @param tasks number of heavy tasks in Synapse above which none is started
   * @param pace bounds of the calls of jobs
   * @param adminTurns in which server admins are closed
   */
  public record Bounds(int tasks, PaceConfig pace, AdminTurns adminTurns) {

    /** The bounds of a process that has no database at hand. */
    public Bounds(int tasks, PaceConfig pace) {
      this(tasks, pace, AdminTurns.ofProcess());
    }
  }

  @Override
  public HomeserverTraits traits() {
    return new HomeserverTraits(false, TARGETS_A_SEGMENT, true, false);
  }

  @Override
  public String serverName() {
    return serverName.get();
  }

  @Override
  public void holdTo(Supplier<Optional<String>> name) {
    client.holdTo(name);
  }

  @Override
  public List<Target> unknownUsers(List<Target> users) {
    return calls.filter(users, PARALLEL, user -> !isKnown(user.id()));
  }

  /** A user of another server has no account here, but may be or have been in rooms. */
  private boolean isKnown(String user) {
    return api.users().user(user).isPresent() || !api.users().memberships(user).isEmpty();
  }

  @Override
  public List<String> unknownRooms(List<String> rooms) {
    return calls.filter(rooms, PARALLEL, room -> api.rooms().room(room).isEmpty());
  }

  @Override
  public DeactivationPort deactivation() {
    return deactivation;
  }

  @Override
  public SuspensionPort suspension() {
    return suspension;
  }

  @Override
  public RedactionPort redaction() {
    return redaction;
  }

  @Override
  public RoomDeletionPort roomDeletion() {
    return roomDeletion;
  }

  @Override
  public HistoryPort history() {
    return history;
  }

  @Override
  public MediaPort media() {
    return media;
  }

  @Override
  public SelectionPort selection() {
    return selection;
  }

  @Override
  public CountingPort counting() {
    return counting;
  }

  @Override
  public GuardPort guard() {
    return guard;
  }

  @Override
  public Map<String, Supplier<Number>> gauges() {
    return Map.of(
        "bailiff.synapse.limit", pacing::limit,
        "bailiff.synapse.rate", pacing::rate,
        "bailiff.synapse.probe", () -> pacing.probe().orElse(0) / 1e9,
        "bailiff.synapse.tasks", api.tasks()::lastOpen,
        "bailiff.synapse.breaker", client::breakerState);
  }

  @Override
  public void close() {
    calls.close();
    if (sql != null) {
      sql.close();
    }
    if (uses != null) {
      uses.close();
    }
    client.close();
  }
}
