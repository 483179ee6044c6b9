package dev.bailiff.homeserver.batch;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some ranges of a plan that may be long.
 *
 * @param ranges in the order in which they should be worked; may be empty although {@code next} is
 *     there
 * @param next where to ask on; null at the end
 */
public record RangePage(List<Range> ranges, @Nullable Cursor next) {}
