/**
 * The import of a snapshot into the own store: a stream of lines, parsed one by one, written in
 * batches with set-based statements. Constant memory, resumable, idempotent.
 */
@NullMarked
package dev.bailiff.homeserver.store.snapshot;

import org.jspecify.annotations.NullMarked;
