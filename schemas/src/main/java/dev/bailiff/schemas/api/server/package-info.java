/** Replies about the server itself (admin-api 5.25). */
@NullMarked
package dev.bailiff.schemas.api.server;

import org.jspecify.annotations.NullMarked;
