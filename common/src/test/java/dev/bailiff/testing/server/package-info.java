/**
 * Real servers for tests: PostgreSQL, also as a replicated pair, and Kafka; and proxies between
 * client and server that a test can cut.
 */
@NullMarked
package dev.bailiff.testing.server;

import org.jspecify.annotations.NullMarked;
