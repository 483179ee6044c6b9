/**
 * Compares {@code docker-compose.yml}, {@code Dockerfile} and {@code config/} with the code: every
 * name in the files has to exist, and every required setting has to be set. A person who changes
 * these files may have no container engine at hand.
 */
@NullMarked
package dev.bailiff.standalone.deployment;

import org.jspecify.annotations.NullMarked;
