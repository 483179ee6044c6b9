/** Where clients come from. Needs nothing but the JDK. */
@NullMarked
package dev.bailiff.net;

import org.jspecify.annotations.NullMarked;
