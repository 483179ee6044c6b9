/**
 * The access to Bailiff: tokens of operators, stored as SHA-256, and the owners of the access
 * tokens of users.
 */
@NullMarked
package dev.bailiff.access;

import org.jspecify.annotations.NullMarked;
