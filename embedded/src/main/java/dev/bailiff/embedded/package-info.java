/**
 * A real PostgreSQL, a real Kafka broker and a real Synapse, started and stopped by this process.
 * The {@code bailiff} command runs on the first two where nothing is installed, and every test kit
 * uses them. Synapse is installed into a Python environment and serves the tests alone. The package
 * knows no job and no homeserver: it provides addresses, and the reason if a server does not start.
 */
@NullMarked
package dev.bailiff.embedded;

import org.jspecify.annotations.NullMarked;
