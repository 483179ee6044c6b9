/** What the port needs to purge the history of rooms. */
@NullMarked
package dev.bailiff.homeserver.history;

import org.jspecify.annotations.NullMarked;
