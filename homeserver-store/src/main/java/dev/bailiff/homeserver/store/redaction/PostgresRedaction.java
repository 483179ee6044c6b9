package dev.bailiff.homeserver.store.redaction;

import dev.bailiff.homeserver.batch.BatchCommit;
import dev.bailiff.homeserver.batch.BatchOutcome;
import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.homeserver.batch.RangePage;
import dev.bailiff.homeserver.batch.Verdict;
import dev.bailiff.homeserver.redaction.Redaction;
import dev.bailiff.homeserver.redaction.RedactionPort;
import dev.bailiff.homeserver.redaction.RedactionScope;
import dev.bailiff.homeserver.store.batch.BatchTransactions;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Redactions in the own store. */
public final class PostgresRedaction implements RedactionPort {
  private final BatchTransactions transactions;
  private final Supplier<String> serverName;

  public PostgresRedaction(BatchTransactions transactions, Supplier<String> serverName) {
    this.transactions = transactions;
    this.serverName = serverName;
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
    String server = serverName.get();
    return transactions.run(commit, handle -> new Redactions(handle, server, redaction).run());
  }

  @Override
  public Verdict verifyRedaction(RedactionScope scope) {
    return transactions.read(handle -> new RedactionVerification(handle, scope).run());
  }
}
