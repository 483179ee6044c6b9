/** The reply to a deactivation (admin-api 4.7). */
@NullMarked
package dev.bailiff.schemas.api.deactivation;

import org.jspecify.annotations.NullMarked;
