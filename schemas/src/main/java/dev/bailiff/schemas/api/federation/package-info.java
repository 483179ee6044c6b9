/** Replies about other servers (admin-api 5.47). */
@NullMarked
package dev.bailiff.schemas.api.federation;

import org.jspecify.annotations.NullMarked;
