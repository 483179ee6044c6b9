/**
 * {@code delete-media}: records, files and thumbnails of local media, named one by one, by their
 * user, or by time and size (admin-api 4.14, 5.13, 5.14).
 */
@NullMarked
package dev.bailiff.worker.kind.media;

import org.jspecify.annotations.NullMarked;
