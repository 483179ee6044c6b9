/**
 * {@code delete-rooms}: shut rooms down, move their aliases, purge them (admin-api 4.37 to 4.39,
 * 5.1, 5.2).
 */
@NullMarked
package dev.bailiff.worker.kind.roomdeletion;

import org.jspecify.annotations.NullMarked;
