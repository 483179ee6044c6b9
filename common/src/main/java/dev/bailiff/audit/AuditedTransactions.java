package dev.bailiff.audit;

import java.sql.SQLException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.HandleCallbackDecorator;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.transaction.DelegatingTransactionHandler;
import org.jdbi.v3.core.transaction.LocalTransactionHandler;
import org.jdbi.v3.core.transaction.TransactionHandler;

/**
 * Adds the row of an {@link AuditedCall} to each of its transactions that has changed something,
 * right before the commit. What such a call does outside of a transaction gets one, so that no
 * change is without its row.
 *
 * <p><b>Why a crash loses nothing and does nothing twice:</b> row and change are one transaction. A
 * row that cannot be added fails the commit, and the change is undone.
 */
public final class AuditedTransactions extends DelegatingTransactionHandler {
  private static final String DONE = "done";

  private AuditedTransactions(TransactionHandler delegate) {
    super(delegate);
  }

  /** Lets all transactions of this instance tell of the calls that they belong to. */
  public static void install(Jdbi jdbi) {
    jdbi.setTransactionHandler(new AuditedTransactions(LocalTransactionHandler.binding()));
    jdbi.setHandleCallbackDecorator(new InTransaction());
  }

  @Override
  public TransactionHandler specialize(Handle handle) throws SQLException {
    return new AuditedTransactions(getDelegate().specialize(handle));
  }

  @Override
  public void commit(Handle handle) {
    var call = AuditedCall.current();
    if (call.isPresent() && isInTransaction(handle)) {
      if (call.get().entry(DONE).insertWithChange(handle)) {
        call.get().noteWritten();
      }
    }
    super.commit(handle);
  }

  /** Gives what a call does outside of a transaction one. */
  private static final class InTransaction implements HandleCallbackDecorator {
    @Override
    public <R, X extends Exception> HandleCallback<R, X> decorate(HandleCallback<R, X> callback) {
      if (AuditedCall.current().isEmpty()) {
        return callback;
      }
      return handle ->
          handle.isInTransaction() ? callback.withHandle(handle) : handle.inTransaction(callback);
    }
  }
}
