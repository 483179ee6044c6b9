package dev.bailiff.audit;

import dev.bailiff.database.PostgresText;
import dev.bailiff.text.VisibleText;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * A row that a call, or a command on the server's machine, adds to the audit.
 *
 * @param who a user id, {@code token:<name>} or {@code command}
 * @param token id of a token of Bailiff's own, or {@code sha256:} and the begin of a digest
 * @param address from where
 * @param what the call by its route, or the command
 * @param whom the user, room, medium or the like that it names
 * @param why the reason that it gave
 * @param job the job that it made or names
 * @param result {@code done} with a change; otherwise what became of the call
 */
public record AuditEntry(
    @Nullable String who,
    @Nullable String token,
    @Nullable String address,
    String what,
    @Nullable String whom,
    @Nullable String why,
    @Nullable UUID job,
    String result) {

  private static final String INSERT =
      """
      insert into access.audit (who, token, address, what, whom, why, job, result)
      values (:who, :token, :address, :what, :whom, :why, :job, :result)
      """;

  /** In a transaction that changed nothing there is nothing to tell. */
  private static final String INSERT_WITH_CHANGE =
      """
      insert into access.audit (who, token, address, what, whom, why, job, result)
      select :who, :token, :address, :what, :whom, :why, :job, :result
       where pg_current_xact_id_if_assigned() is not null
      """;

  /** Longer texts would not go into an index. */
  private static final int LONGEST = 500;

  public AuditEntry {
    who = shown(who);
    what = String.valueOf(shown(what));
    whom = shown(whom);
    why = why == null ? null : VisibleText.of(why);
  }

  /** Ids may hold what cannot be stored. */
  private static @Nullable String shown(@Nullable String text) {
    if (text == null) {
      return null;
    }
    var visible = PostgresText.isStorable(text) ? text : VisibleText.of(text);
    if (visible.length() <= LONGEST) {
      return visible;
    }
    boolean isWithinPair = Character.isHighSurrogate(visible.charAt(LONGEST - 1));
    return visible.substring(0, isWithinPair ? LONGEST - 1 : LONGEST);
  }

  /** The same row with another result. */
  public AuditEntry with(String newResult) {
    return new AuditEntry(who, token, address, what, whom, why, job, newResult);
  }

  /** Adds the row. */
  public void insert(Handle handle) {
    insert(handle, INSERT);
  }

  /** Adds the row if the open transaction has changed something. Returns whether it has. */
  boolean insertWithChange(Handle handle) {
    return insert(handle, INSERT_WITH_CHANGE) > 0;
  }

  private int insert(Handle handle, String sql) {
    return handle
        .createUpdate(sql)
        .bind("who", who)
        .bind("token", token)
        .bind("address", address)
        .bind("what", what)
        .bind("whom", whom)
        .bind("why", why)
        .bind("job", job)
        .bind("result", result)
        .execute();
  }
}
