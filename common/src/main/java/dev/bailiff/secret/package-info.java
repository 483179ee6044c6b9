/**
 * Creation of tokens and passwords, and the one form in which tokens are stored. The package does
 * not know its callers and needs only the JDK.
 */
@NullMarked
package dev.bailiff.secret;

import org.jspecify.annotations.NullMarked;
