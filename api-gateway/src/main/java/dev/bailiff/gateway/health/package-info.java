/**
 * Whether this gateway lives, and whether it can serve: the database must answer, while Kafka may
 * be away, since jobs are accepted and light calls served without it.
 */
@NullMarked
package dev.bailiff.gateway.health;

import org.jspecify.annotations.NullMarked;
