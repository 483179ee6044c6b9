/** Purges of history: the cut-off, and which events are deleted or kept (admin-api 5.11). */
@NullMarked
package dev.bailiff.homeserver.store.history;

import org.jspecify.annotations.NullMarked;
