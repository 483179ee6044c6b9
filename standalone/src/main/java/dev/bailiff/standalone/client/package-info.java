/**
 * A client of the HTTP API, for the verbs that talk to a running Bailiff, wherever it runs.
 *
 * <p>Knows addresses, tokens and the records of {@code schemas}; no database, no Kafka, and nothing
 * of the servers' code.
 */
@NullMarked
package dev.bailiff.standalone.client;

import org.jspecify.annotations.NullMarked;
