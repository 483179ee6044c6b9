/** What callers may: the scopes that calls need, and the rights that callers have. */
@NullMarked
package dev.bailiff.gateway.auth.rights;

import org.jspecify.annotations.NullMarked;
