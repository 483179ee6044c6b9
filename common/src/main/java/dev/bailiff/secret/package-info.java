/**
 * Tokens and passwords that are made here, and the one form in which tokens are stored. Knows
 * nothing of who uses them, and needs nothing but the JDK.
 */
@NullMarked
package dev.bailiff.secret;

import org.jspecify.annotations.NullMarked;
