/**
 * The import of a snapshot into the own store. The import parses a stream of lines one by one and
 * writes them in batches with set-based statements. It needs constant memory, is resumable and is
 * idempotent.
 */
@NullMarked
package dev.bailiff.homeserver.store.snapshot;

import org.jspecify.annotations.NullMarked;
