/** {@code purge-history}: delete old events of rooms, and keep the rooms (admin-api 5.11). */
@NullMarked
package dev.bailiff.worker.kind.history;

import org.jspecify.annotations.NullMarked;
