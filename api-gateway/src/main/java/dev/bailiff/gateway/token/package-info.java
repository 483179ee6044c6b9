/** The tokens of Bailiff's own: making, listing and revoking them, and what a caller may. */
@NullMarked
package dev.bailiff.gateway.token;

import org.jspecify.annotations.NullMarked;
