/**
 * Recipes: {@code clean-up-users} and {@code clean-up-rooms}. A recipe is made of the stages of
 * other kinds, which it takes from their {@link dev.bailiff.worker.kind.KindDefinition}s. Here is
 * what the stages do not know: which of them are asked for, and what follows when one of them fails
 * for a target.
 */
@NullMarked
package dev.bailiff.worker.kind.cleanup;

import org.jspecify.annotations.NullMarked;
