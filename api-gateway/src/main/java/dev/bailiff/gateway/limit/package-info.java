/** How much tokens may ask for in a time. */
@NullMarked
package dev.bailiff.gateway.limit;

import org.jspecify.annotations.NullMarked;
