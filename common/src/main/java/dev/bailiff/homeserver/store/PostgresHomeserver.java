package dev.bailiff.homeserver.store;

import dev.bailiff.homeserver.Homeserver;
import dev.bailiff.homeserver.HomeserverTraits;
import dev.bailiff.homeserver.batch.BatchCommit;
import dev.bailiff.homeserver.batch.BatchOutcome;
import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.homeserver.batch.Range;
import dev.bailiff.homeserver.batch.RangePage;
import dev.bailiff.homeserver.batch.Target;
import dev.bailiff.homeserver.batch.Verdict;
import dev.bailiff.homeserver.deactivation.AccountClosing;
import dev.bailiff.homeserver.deactivation.RoomParting;
import dev.bailiff.homeserver.history.HistoryPreparation;
import dev.bailiff.homeserver.history.HistoryScope;
import dev.bailiff.homeserver.media.MediaDeletion;
import dev.bailiff.homeserver.media.MediaPage;
import dev.bailiff.homeserver.media.MediaScope;
import dev.bailiff.homeserver.redaction.Redaction;
import dev.bailiff.homeserver.redaction.RedactionScope;
import dev.bailiff.homeserver.roomdeletion.AliasMove;
import dev.bailiff.homeserver.roomdeletion.MemberRemoval;
import dev.bailiff.homeserver.roomdeletion.RoomPreparation;
import dev.bailiff.homeserver.roomdeletion.RoomPurge;
import dev.bailiff.homeserver.store.batch.BatchTransactions;
import dev.bailiff.homeserver.store.batch.StoreTimeouts;
import dev.bailiff.homeserver.store.batch.UnknownNames;
import dev.bailiff.homeserver.store.deactivation.AccountClosings;
import dev.bailiff.homeserver.store.deactivation.AccountVerdicts;
import dev.bailiff.homeserver.store.deactivation.RoomPartings;
import dev.bailiff.homeserver.store.history.HistoryPlan;
import dev.bailiff.homeserver.store.history.HistoryPreparations;
import dev.bailiff.homeserver.store.history.HistoryPurges;
import dev.bailiff.homeserver.store.identity.IdentityServers;
import dev.bailiff.homeserver.store.identity.Unbinding;
import dev.bailiff.homeserver.store.media.AvatarReads;
import dev.bailiff.homeserver.store.media.MediaDeletions;
import dev.bailiff.homeserver.store.media.MediaFiles;
import dev.bailiff.homeserver.store.media.MediaReads;
import dev.bailiff.homeserver.store.redaction.RedactionPlan;
import dev.bailiff.homeserver.store.redaction.RedactionVerification;
import dev.bailiff.homeserver.store.redaction.Redactions;
import dev.bailiff.homeserver.store.roomdeletion.AliasMoves;
import dev.bailiff.homeserver.store.roomdeletion.MemberRemovals;
import dev.bailiff.homeserver.store.roomdeletion.Purges;
import dev.bailiff.homeserver.store.roomdeletion.RoomPreparations;
import dev.bailiff.homeserver.store.roomdeletion.RoomReads;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * The port on our own PostgreSQL. Every operation is one transaction with the job store's: fence,
 * set-based effect, record. Times are the database's.
 *
 * <p><b>Concurrency:</b> thread-safe. A batch that writes into a room shares the lock on its row;
 * rows are locked in the order of their keys; deadlocks are retried here.
 */
public final class PostgresHomeserver implements Homeserver {

  private final ServerName serverName;
  private final BatchTransactions transactions;
  private final IdentityServers identityServers;
  private final @Nullable MediaFiles mediaFiles;

  /**
   * Without the media folder: {@link #deleteMedia} cannot be asked for.
   *
   * @param jdbi the one that the job store uses, so that both join one transaction
   */
  public PostgresHomeserver(Jdbi jdbi, StoreTimeouts timeouts, IdentityServers identityServers) {
    this(jdbi, timeouts, identityServers, null);
  }

  /**
   * With the files of the media, where this process has their folder.
   *
   * @param jdbi the one that the job store uses, so that both join one transaction
   */
  public PostgresHomeserver(
      Jdbi jdbi,
      StoreTimeouts timeouts,
      IdentityServers identityServers,
      @Nullable MediaFiles mediaFiles) {
    this.serverName = new ServerName(jdbi);
    this.transactions = new BatchTransactions(jdbi, timeouts);
    this.identityServers = identityServers;
    this.mediaFiles = mediaFiles;
  }

  @Override
  public HomeserverTraits traits() {
    return new HomeserverTraits(true);
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalStateException when nothing was imported yet
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
  public BatchOutcome closeAccounts(AccountClosing closing, BatchCommit commit) {
    AccountClosings closings = new AccountClosings(serverName(), identityServers);
    int users = closing.users().size();
    Map<String, Unbinding> unbindings =
        closings.unbind(transactions.read(users, handle -> AccountClosings.bound(handle, closing)));
    return transactions.run(users, commit, handle -> closings.close(handle, closing, unbindings));
  }

  @Override
  public List<Long> joinedRooms(List<Target> users) {
    return transactions.read(users.size(), handle -> RoomPartings.joinedRooms(handle, users));
  }

  @Override
  public BatchOutcome leaveRooms(RoomParting parting, BatchCommit commit) {
    String server = serverName();
    return transactions.run(
        parting.users().size(), commit, handle -> RoomPartings.leave(handle, server, parting));
  }

  @Override
  public List<Verdict> verifyAccounts(List<Target> users, boolean erase) {
    return transactions.read(users.size(), handle -> AccountVerdicts.verify(handle, users, erase));
  }

  @Override
  public List<String> redactableRooms(String user, @Nullable String after, int limit) {
    return transactions.read(handle -> RedactionPlan.rooms(handle, user, after, limit));
  }

  @Override
  public RangePage redactionRanges(RedactionScope scope, @Nullable Cursor after, int size) {
    return transactions.read(handle -> RedactionPlan.ranges(handle, scope, after, size));
  }

  @Override
  public BatchOutcome redact(Redaction redaction, BatchCommit commit) {
    String server = serverName();
    return transactions.run(commit, handle -> new Redactions(handle, server, redaction).run());
  }

  @Override
  public Verdict verifyRedaction(RedactionScope scope) {
    return transactions.read(handle -> new RedactionVerification(handle, scope).run());
  }

  @Override
  public BatchOutcome prepareRooms(RoomPreparation preparation, BatchCommit commit) {
    String server = serverName();
    return transactions.run(
        commit, handle -> new RoomPreparations(handle, server, preparation).run());
  }

  @Override
  public RangePage memberRanges(Target room, @Nullable Cursor after, int size) {
    String server = serverName();
    return transactions.read(handle -> RoomReads.memberRanges(handle, server, room, after, size));
  }

  @Override
  public BatchOutcome removeMembers(MemberRemoval removal, BatchCommit commit) {
    String server = serverName();
    return transactions.run(commit, handle -> new MemberRemovals(handle, server, removal).run());
  }

  @Override
  public BatchOutcome moveAliases(AliasMove move, BatchCommit commit) {
    String server = serverName();
    return transactions.run(commit, handle -> AliasMoves.move(handle, server, move));
  }

  @Override
  public List<Target> roomsWithLocalMembers(List<Target> rooms) {
    String server = serverName();
    return transactions.read(handle -> RoomReads.withLocalMembers(handle, server, rooms));
  }

  @Override
  public RangePage purgeRanges(Target room, @Nullable Cursor after, int size) {
    return transactions.read(handle -> Purges.ranges(handle, room, after, size));
  }

  @Override
  public BatchOutcome purgeEvents(RoomPurge purge, BatchCommit commit) {
    return transactions.run(commit, handle -> Purges.events(handle, purge));
  }

  @Override
  public BatchOutcome finishPurge(
      Target room, boolean force, @Nullable Cursor after, int size, BatchCommit commit) {
    String server = serverName();
    return transactions.run(
        commit, handle -> Purges.finish(handle, server, room, force, after, size));
  }

  @Override
  public List<Verdict> verifyRooms(List<Target> rooms, boolean purged) {
    String server = serverName();
    return transactions.read(
        handle ->
            rooms.stream().map(room -> RoomReads.verify(handle, server, room, purged)).toList());
  }

  @Override
  public BatchOutcome prepareHistory(HistoryPreparation preparation, BatchCommit commit) {
    return transactions.run(commit, handle -> new HistoryPreparations(handle, preparation).run());
  }

  @Override
  public RangePage historyRanges(HistoryScope scope, @Nullable Cursor after, int size) {
    return transactions.read(handle -> HistoryPlan.ranges(handle, scope, after, size));
  }

  @Override
  public BatchOutcome purgeHistory(RoomPurge purge, BatchCommit commit) {
    String server = serverName();
    return transactions.run(commit, handle -> HistoryPurges.purge(handle, server, purge));
  }

  @Override
  public Verdict verifyHistory(HistoryScope scope) {
    String server = serverName();
    return transactions.read(handle -> HistoryPlan.verify(handle, server, scope));
  }

  @Override
  public MediaPage avatarMedia(@Nullable Cursor after, int size) {
    String server = serverName();
    return transactions.read(handle -> new AvatarReads(handle, server, size).page(after));
  }

  @Override
  public RangePage mediaRanges(MediaScope scope, @Nullable Cursor after, int size) {
    return transactions.read(handle -> MediaReads.ranges(handle, scope, after, size));
  }

  @Override
  public MediaPage media(Range range, @Nullable Cursor after, int size) {
    return transactions.read(handle -> MediaReads.page(handle, range, after, size));
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalStateException where this process has no media folder
   */
  @Override
  public BatchOutcome deleteMedia(MediaDeletion deletion, BatchCommit commit) {
    MediaFiles files = mediaFiles;
    if (files == null) {
      throw new IllegalStateException("this process has no media folder");
    }
    return transactions.run(commit, handle -> new MediaDeletions(handle, files, deletion).run());
  }

  @Override
  public List<String> mediaLeft(List<String> ids) {
    return transactions.read(handle -> MediaReads.left(handle, ids));
  }
}
