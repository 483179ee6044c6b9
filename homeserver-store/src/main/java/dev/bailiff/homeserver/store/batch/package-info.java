/**
 * The transaction of a batch, with its limits and locks, and the cuts of a long range into pieces.
 */
@NullMarked
package dev.bailiff.homeserver.store.batch;

import org.jspecify.annotations.NullMarked;
