package dev.bailiff.homeserver.store.redaction;

import dev.bailiff.homeserver.batch.BatchCommit;
import dev.bailiff.homeserver.batch.BatchOutcome;
import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.homeserver.batch.Range;
import dev.bailiff.homeserver.batch.RangePage;
import dev.bailiff.homeserver.batch.ShownFiles;
import dev.bailiff.homeserver.redaction.EventsLeft;
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
  public List<String> writtenRooms(String user, @Nullable String after, int limit) {
    return transactions.read(handle -> RedactionPlan.writtenRooms(handle, user, after, limit));
  }

  @Override
  public int targetOf(Range range) {
    return RedactionRange.parse(range).target();
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
  public ShownFiles shownFiles(RedactionScope scope, @Nullable Cursor after, int size) {
    String server = serverName.get();
    return transactions.read(handle -> new RedactionMedia(handle, server, scope).page(after, size));
  }

  @Override
  public EventsLeft eventsLeft(RedactionScope scope, @Nullable Cursor after) {
    return transactions.read(handle -> new RedactionVerification(handle, scope).run());
  }
}
