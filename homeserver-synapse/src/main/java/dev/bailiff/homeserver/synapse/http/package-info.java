/** Calls over HTTP: connection, credentials, errors. The one package that knows the HTTP client. */
@NullMarked
package dev.bailiff.homeserver.synapse.http;

import org.jspecify.annotations.NullMarked;
