package dev.bailiff.worker.kind.deletemedia;

import dev.bailiff.homeserver.Cursor;
import dev.bailiff.homeserver.MediaItem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The next media of a segment.
 *
 * @param swept whether a sweep selected them; then all of them
 * @param missing how many were planned and are not there any more, of the parts that end with this
 *     batch
 * @param next where the segment goes on behind them; null at its end
 */
record MediaBatch(List<MediaItem> items, boolean swept, long missing, @Nullable Cursor next) {}
