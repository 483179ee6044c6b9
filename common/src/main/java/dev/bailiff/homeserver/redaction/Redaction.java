package dev.bailiff.homeserver.redaction;

import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.homeserver.batch.Range;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Events to redact, newest first (admin-api 4.34, steps 2 to 4).
 *
 * @param ranges ranges as {@link dev.bailiff.homeserver.redaction.RedactionPort#redactionRanges}
 *     made them, worked in this order
 * @param after where the last batch stopped; null at the start
 * @param size number of candidates to look at in this batch, at most
 * @param job id of the job, from which the ids of redactions (or the transaction ids of remote
 *     calls) are derived, so that a repetition cannot redact twice
 * @param admin the acting user, who redacts the events that the user does not redact (of remote
 *     users, or all with {@code asAdmin})
 * @param asAdmin whether the admin redacts everything
 * @param reason stored in every redaction; null for none
 */
public record Redaction(
    List<Range> ranges,
    @Nullable Cursor after,
    int size,
    String job,
    String admin,
    boolean asAdmin,
    @Nullable String reason) {}
