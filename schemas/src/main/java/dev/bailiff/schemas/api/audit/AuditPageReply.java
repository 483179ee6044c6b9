package dev.bailiff.schemas.api.audit;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of the audit.
 *
 * @param next the {@code from} of the next page; null on the last page
 */
public record AuditPageReply(List<AuditEntryReply> entries, @Nullable String next) {}
