/**
 * Holds {@code docker-compose.yml}, {@code Dockerfile} and {@code config/} against the code, as no
 * container engine may be at hand where they are changed: what they name has to exist, and what has
 * to be set is set.
 */
@NullMarked
package dev.bailiff.standalone.deployment;

import org.jspecify.annotations.NullMarked;
