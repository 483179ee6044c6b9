/**
 * Recipes, which clean up users or rooms in several steps: what the acceptance of their jobs asks.
 */
@NullMarked
package dev.bailiff.gateway.admin.cleanup;

import org.jspecify.annotations.NullMarked;
