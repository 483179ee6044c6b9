/** Replies about media (admin-api 4.13, 4.14, 5.13 to 5.16). */
@NullMarked
package dev.bailiff.schemas.api.media;

import org.jspecify.annotations.NullMarked;
