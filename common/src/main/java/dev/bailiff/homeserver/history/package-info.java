/** The port that purges the history of rooms, and its values. */
@NullMarked
package dev.bailiff.homeserver.history;

import org.jspecify.annotations.NullMarked;
