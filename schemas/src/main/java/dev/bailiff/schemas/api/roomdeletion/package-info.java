/** Replies about deletions of rooms (admin-api 4.37 to 4.39, 5.1 to 5.4). */
@NullMarked
package dev.bailiff.schemas.api.roomdeletion;

import org.jspecify.annotations.NullMarked;
