/**
 * Text of people in a form that is safe to show on a terminal and in a log. Depends on no other
 * package.
 */
@NullMarked
package dev.bailiff.text;

import org.jspecify.annotations.NullMarked;
