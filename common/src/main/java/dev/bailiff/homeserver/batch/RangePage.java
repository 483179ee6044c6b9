package dev.bailiff.homeserver.batch;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some ranges of a plan that may be long.
 *
 * @param ranges in the order in which they should be worked; may be empty even if {@code next} is
 *     set
 * @param next where the next page begins; null at the end
 */
public record RangePage(List<Range> ranges, @Nullable Cursor next) {}
