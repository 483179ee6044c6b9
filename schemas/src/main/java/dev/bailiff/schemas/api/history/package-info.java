/** Replies about purges of history (admin-api 5.11, 5.12). */
@NullMarked
package dev.bailiff.schemas.api.history;

import org.jspecify.annotations.NullMarked;
