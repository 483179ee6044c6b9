/**
 * A real PostgreSQL and a real Kafka broker, started and stopped by this process. The {@code
 * bailiff} command runs on them where nothing is installed, and every test kit uses them. The
 * package knows no job and no homeserver: it provides addresses, and the reason if a server does
 * not start.
 */
@NullMarked
package dev.bailiff.embedded;

import org.jspecify.annotations.NullMarked;
