/**
 * Real servers for tests: PostgreSQL, also as a pair, and Kafka; proxies in between that can be
 * cut.
 */
@NullMarked
package dev.bailiff.testing.server;

import org.jspecify.annotations.NullMarked;
