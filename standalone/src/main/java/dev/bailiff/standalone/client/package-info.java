/**
 * A client of the HTTP API, for the verbs that talk to a running Bailiff, wherever it runs.
 *
 * <p>The client knows addresses, tokens and the records of {@code schemas}. The client knows no
 * database, no Kafka, and none of the servers' code.
 */
@NullMarked
package dev.bailiff.standalone.client;

import org.jspecify.annotations.NullMarked;
