/** How often something is logged. Needs nothing but the JDK. */
@NullMarked
package dev.bailiff.log;

import org.jspecify.annotations.NullMarked;
