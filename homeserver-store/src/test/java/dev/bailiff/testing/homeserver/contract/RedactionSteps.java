package dev.bailiff.testing.homeserver.contract;

import dev.bailiff.homeserver.batch.BatchCommit;
import dev.bailiff.homeserver.batch.BatchOutcome;
import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.homeserver.batch.Range;
import dev.bailiff.homeserver.batch.Target;
import dev.bailiff.homeserver.redaction.EventConditions;
import dev.bailiff.homeserver.redaction.Redaction;
import dev.bailiff.homeserver.redaction.RedactionPort;
import dev.bailiff.homeserver.redaction.RedactionScope;
import dev.bailiff.testing.homeserver.BatchDriver;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The steps of {@code redact-events}, each worked to its end. */
public record RedactionSteps(RedactionPort port, String admin) {
  private static final int SIZE = 7;

  /** All rooms of a user. */
  public RedactionScope scope(Target user, @Nullable Integer limit) {
    return new RedactionScope(user, rooms(user), limit, EventConditions.between(null, null));
  }

  List<String> rooms(Target user) {
    return port.redactableRooms(user.id(), null, 1000);
  }

  public List<Range> ranges(RedactionScope scope) {
    return Ranges.of(cursor -> port.redactionRanges(scope, cursor, SIZE));
  }

  public BatchDriver.Total redact(List<Range> ranges) {
    return BatchDriver.run((cursor, commit) -> redact(ranges, cursor, commit));
  }

  BatchOutcome redact(List<Range> ranges, @Nullable Cursor cursor, BatchCommit commit) {
    return port.redact(
        new Redaction(ranges, cursor, SIZE, "contract-job", admin, false, "spam"), commit);
  }
}
