/** Replies about the tokens of Bailiff's own, and about what a caller may. */
@NullMarked
package dev.bailiff.schemas.api.token;

import org.jspecify.annotations.NullMarked;
