package dev.bailiff.homeserver.store;

import dev.bailiff.homeserver.Homeserver;
import dev.bailiff.homeserver.HomeserverTraits;
import dev.bailiff.homeserver.batch.Target;
import dev.bailiff.homeserver.counting.CountingPort;
import dev.bailiff.homeserver.deactivation.DeactivationPort;
import dev.bailiff.homeserver.guard.GuardPort;
import dev.bailiff.homeserver.history.HistoryPort;
import dev.bailiff.homeserver.media.MediaPort;
import dev.bailiff.homeserver.redaction.RedactionPort;
import dev.bailiff.homeserver.roomdeletion.RoomDeletionPort;
import dev.bailiff.homeserver.selection.SelectionPort;
import dev.bailiff.homeserver.store.batch.BatchTransactions;
import dev.bailiff.homeserver.store.batch.StoreTimeouts;
import dev.bailiff.homeserver.store.batch.UnknownNames;
import dev.bailiff.homeserver.store.counting.PostgresCounting;
import dev.bailiff.homeserver.store.deactivation.PostgresDeactivation;
import dev.bailiff.homeserver.store.guard.PostgresGuard;
import dev.bailiff.homeserver.store.history.PostgresHistory;
import dev.bailiff.homeserver.store.identity.IdentityServers;
import dev.bailiff.homeserver.store.media.MediaFiles;
import dev.bailiff.homeserver.store.media.PostgresMedia;
import dev.bailiff.homeserver.store.pace.StorePaceConfig;
import dev.bailiff.homeserver.store.redaction.PostgresRedaction;
import dev.bailiff.homeserver.store.roomdeletion.PostgresRoomDeletion;
import dev.bailiff.homeserver.store.selection.PostgresSelection;
import dev.bailiff.homeserver.store.suspension.PostgresSuspension;
import dev.bailiff.homeserver.suspension.SuspensionPort;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * The port on our own PostgreSQL. Every operation is one transaction, shared with the job store:
 * fence, set-based effect, record. Times are the database's.
 *
 * <p><b>Concurrency:</b> thread-safe. A batch that writes into a room shares the lock on the room's
 * row; rows are locked in the order of their keys; this class retries deadlocks.
 */
public final class PostgresHomeserver implements Homeserver {

  private final ServerName serverName;
  private final BatchTransactions transactions;
  private final DeactivationPort deactivation;
  private final SuspensionPort suspension;
  private final RedactionPort redaction;
  private final RoomDeletionPort roomDeletion;
  private final HistoryPort history;
  private final MediaPort media;
  private final SelectionPort selection;
  private final CountingPort counting;
  private final GuardPort guard;
  private final IdentityServers identityServers;

  /**
   * Builds the homeserver without a media folder: media cannot be deleted.
   *
   * @param jdbi the instance that the job store uses, so that both join one transaction
   */
  public PostgresHomeserver(Jdbi jdbi, StoreTimeouts timeouts, IdentityServers identityServers) {
    this(jdbi, timeouts, identityServers, null);
  }

  /**
   * Builds the homeserver with the media files, if this process has their folder.
   *
   * @param jdbi the instance that the job store uses, so that both join one transaction
   */
  public PostgresHomeserver(
      Jdbi jdbi,
      StoreTimeouts timeouts,
      IdentityServers identityServers,
      @Nullable MediaFiles mediaFiles) {
    this(jdbi, timeouts, StorePaceConfig.defaults(), identityServers, mediaFiles);
  }

  /**
   * Builds the homeserver with a pace of its own.
   *
   * @param jdbi the instance that the job store uses, so that both join one transaction
   */
  public PostgresHomeserver(
      Jdbi jdbi,
      StoreTimeouts timeouts,
      StorePaceConfig pace,
      IdentityServers identityServers,
      @Nullable MediaFiles mediaFiles) {
    this.serverName = new ServerName(jdbi);
    this.identityServers = identityServers;
    this.transactions = new BatchTransactions(jdbi, timeouts, pace);
    this.deactivation = new PostgresDeactivation(transactions, this::serverName, identityServers);
    this.suspension = new PostgresSuspension(transactions, this::serverName);
    this.redaction = new PostgresRedaction(transactions, this::serverName);
    this.roomDeletion = new PostgresRoomDeletion(transactions, this::serverName);
    this.history = new PostgresHistory(transactions, this::serverName);
    this.media = new PostgresMedia(transactions, this::serverName, mediaFiles);
    this.selection = new PostgresSelection(jdbi, timeouts);
    this.counting = new PostgresCounting(transactions, this::serverName);
    this.guard = new PostgresGuard(transactions);
  }

  @Override
  public HomeserverTraits traits() {
    return HomeserverTraits.ofStore();
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalStateException if nothing was imported yet
   */
  @Override
  public String serverName() {
    return serverName
        .find()
        .orElseThrow(
            () -> new IllegalStateException("the store has no server name yet: import first"));
  }

  @Override
  public List<Target> unknownUsers(List<Target> users) {
    var unknown =
        transactions.read(
            handle -> UnknownNames.users(handle, users.stream().map(Target::id).toList()));
    return users.stream().filter(user -> unknown.contains(user.id())).toList();
  }

  @Override
  public List<String> unknownRooms(List<String> rooms) {
    var unknown = transactions.read(handle -> UnknownNames.rooms(handle, rooms));
    return rooms.stream().filter(unknown::contains).toList();
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
  public Map<String, Supplier<Number>> gauges() {
    var pacing = transactions.pacing();
    return Map.of("bailiff.store.share", pacing::share, "bailiff.store.probe", pacing::probe);
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
  public void close() {
    transactions.pacing().close();
    identityServers.close();
  }
}
