/**
 * The homeserver as jobs need it: {@link dev.bailiff.homeserver.Homeserver}, which brings together
 * a port for each feature, in the packages below. Operations are batch-shaped, so that a store can
 * answer with one statement and a remote server with paced calls. The PostgreSQL side lives in
 * {@code homeserver.store}; nothing of JDBI, JDBC, HTTP or the job store comes in here.
 */
@NullMarked
package dev.bailiff.homeserver;

import org.jspecify.annotations.NullMarked;
