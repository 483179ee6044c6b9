/** Replies about redactions of a user's events (admin-api 4.34, 4.35). */
@NullMarked
package dev.bailiff.schemas.api.redaction;

import org.jspecify.annotations.NullMarked;
