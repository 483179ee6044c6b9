/** Purges of history: where to cut, what goes and what stays (admin-api 5.11). */
@NullMarked
package dev.bailiff.homeserver.store.history;

import org.jspecify.annotations.NullMarked;
