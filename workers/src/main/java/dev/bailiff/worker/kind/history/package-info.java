/** {@code purge-history}: delete what is old in rooms, and keep the rooms (admin-api 5.11). */
@NullMarked
package dev.bailiff.worker.kind.history;

import org.jspecify.annotations.NullMarked;
