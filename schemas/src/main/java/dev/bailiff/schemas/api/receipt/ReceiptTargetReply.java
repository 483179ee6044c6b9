package dev.bailiff.schemas.api.receipt;

import dev.bailiff.schemas.api.JobErrorReply;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A target, and what became of it.
 *
 * @param verdict as in {@link VerdictCountReply}
 * @param leftOver things that should be gone and are not, or why that is not known
 * @param error why it failed; null otherwise
 */
public record ReceiptTargetReply(
    String target, String verdict, List<String> leftOver, @Nullable JobErrorReply error) {}
