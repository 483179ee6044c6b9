/**
 * What runs for longer than a request takes, with the token that it runs with: it ends when the
 * token is revoked. The package knows no endpoint.
 */
@NullMarked
package dev.bailiff.gateway.auth.hold;

import org.jspecify.annotations.NullMarked;
