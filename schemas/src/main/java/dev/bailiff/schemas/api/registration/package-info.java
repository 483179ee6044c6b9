/** Replies about registration tokens (admin-api 5.38). */
@NullMarked
package dev.bailiff.schemas.api.registration;

import org.jspecify.annotations.NullMarked;
