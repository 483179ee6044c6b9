/**
 * The homeserver port on PostgreSQL: schema {@code homeserver}, set-based SQL, one transaction per
 * batch. {@link dev.bailiff.homeserver.store.PostgresHomeserver} is the entry point. {@code batch},
 * {@code event} and {@code membership} are the kernel; each other package is a feature. Nothing
 * here knows jobs, Kafka or HTTP requests.
 */
@NullMarked
package dev.bailiff.homeserver.store;

import org.jspecify.annotations.NullMarked;
