/** Guard rails of calls: what callers cannot take away, and what their jobs leave alone. */
@NullMarked
package dev.bailiff.gateway.guard;

import org.jspecify.annotations.NullMarked;
