/** Text of people as it may be shown: on a terminal and in a log. Depends on nothing. */
@NullMarked
package dev.bailiff.text;

import org.jspecify.annotations.NullMarked;
