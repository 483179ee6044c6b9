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
 * @param size at most so many candidates are looked at in this batch
 * @param job id of the job, from which ids of redactions (or transaction ids of remote calls) are
 *     derived, so that doing it again cannot redact twice
 * @param admin the acting user, who redacts what the user themself does not (remote users, {@code
 *     asAdmin})
 * @param asAdmin whether the admin redacts everything
 * @param reason goes into every redaction; null for none
 */
public record Redaction(
    List<Range> ranges,
    @Nullable Cursor after,
    int size,
    String job,
    String admin,
    boolean asAdmin,
    @Nullable String reason) {}
