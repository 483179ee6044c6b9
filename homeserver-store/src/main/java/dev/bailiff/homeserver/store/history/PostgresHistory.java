package dev.bailiff.homeserver.store.history;

import dev.bailiff.homeserver.batch.BatchCommit;
import dev.bailiff.homeserver.batch.BatchOutcome;
import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.homeserver.batch.RangePage;
import dev.bailiff.homeserver.batch.RoomPurge;
import dev.bailiff.homeserver.batch.Verdict;
import dev.bailiff.homeserver.history.HistoryPort;
import dev.bailiff.homeserver.history.HistoryPreparation;
import dev.bailiff.homeserver.history.HistoryScope;
import dev.bailiff.homeserver.store.batch.BatchTransactions;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Purges of history in the own store. */
public final class PostgresHistory implements HistoryPort {
  private final BatchTransactions transactions;
  private final Supplier<String> serverName;

  public PostgresHistory(BatchTransactions transactions, Supplier<String> serverName) {
    this.transactions = transactions;
    this.serverName = serverName;
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
    String server = serverName.get();
    return transactions.run(commit, handle -> HistoryPurges.purge(handle, server, purge));
  }

  @Override
  public Verdict verifyHistory(HistoryScope scope) {
    String server = serverName.get();
    return transactions.read(handle -> HistoryPlan.verify(handle, server, scope));
  }
}
