/** Replies for supervisors and load balancers. */
@NullMarked
package dev.bailiff.schemas.api.health;

import org.jspecify.annotations.NullMarked;
