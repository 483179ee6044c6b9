/**
 * The homeserver as jobs need it: {@link dev.bailiff.homeserver.Homeserver}, which brings together
 * a port for each feature, in the packages below. Operations are batch-shaped, so that a store can
 * answer with one statement and a remote server with paced calls. A module for each backend
 * implements this interface, and its {@link dev.bailiff.homeserver.HomeserverFactory} builds it.
 * Nothing of JDBC, HTTP or the job store appears here, except the connections that a process hands
 * to its backend.
 */
@NullMarked
package dev.bailiff.homeserver;

import org.jspecify.annotations.NullMarked;
