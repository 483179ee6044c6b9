/** Replies about accounts (admin-api 4.1 to 4.4, 4.9, 4.12, 4.28 to 4.30). */
@NullMarked
package dev.bailiff.schemas.api.user;

import org.jspecify.annotations.NullMarked;
