package dev.bailiff.homeserver.redaction;

import dev.bailiff.homeserver.batch.Cursor;
import org.jspecify.annotations.Nullable;

/**
 * Candidates of a redaction that are not redacted.
 *
 * @param count of the part that this call looked at
 * @param next where the next call goes on; null at the end of the scope
 */
public record EventsLeft(long count, @Nullable Cursor next) {}
