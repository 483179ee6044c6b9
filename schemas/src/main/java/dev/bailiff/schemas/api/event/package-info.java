/**
 * Replies about events and the state of rooms (admin-api 5.8, 5.43 to 5.46). Longer replies are
 * written while they are read, and have no record.
 */
@NullMarked
package dev.bailiff.schemas.api.event;

import org.jspecify.annotations.NullMarked;
