/** Who may use Bailiff: the tokens of operators, kept as SHA-256. */
@NullMarked
package dev.bailiff.access;

import org.jspecify.annotations.NullMarked;
