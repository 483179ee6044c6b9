/** Replies about the quarantine of media (admin-api 5.21, 5.22, 5.41). */
@NullMarked
package dev.bailiff.schemas.api.quarantine;

import org.jspecify.annotations.NullMarked;
