/**
 * The homeserver port on PostgreSQL: schema {@code homeserver}, set-based SQL, one transaction per
 * batch. {@link dev.bailiff.homeserver.store.PostgresHomeserver} is the way in. Statements that
 * touch the big event table stand in one class, so that a test can hold their plans. Nothing here
 * knows jobs, Kafka or HTTP requests.
 */
@NullMarked
package dev.bailiff.homeserver.store;

import org.jspecify.annotations.NullMarked;
