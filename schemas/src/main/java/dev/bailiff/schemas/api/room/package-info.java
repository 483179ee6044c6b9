/** Replies about rooms (admin-api 4.36, 5.5, 5.6, 5.9, 5.10, 5.35). */
@NullMarked
package dev.bailiff.schemas.api.room;

import org.jspecify.annotations.NullMarked;
