/**
 * {@code delete-media}: delete records, files and thumbnails of local media, selected one by one,
 * by user, or by time and size (admin-api 4.14, 5.13, 5.14).
 */
@NullMarked
package dev.bailiff.worker.kind.media;

import org.jspecify.annotations.NullMarked;
