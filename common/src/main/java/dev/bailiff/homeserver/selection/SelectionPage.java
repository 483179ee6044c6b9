package dev.bailiff.homeserver.selection;

import dev.bailiff.homeserver.batch.Cursor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Targets that meet a filter.
 *
 * @param next where the next page begins; null after the last one
 */
public record SelectionPage(List<String> ids, @Nullable Cursor next) {}
