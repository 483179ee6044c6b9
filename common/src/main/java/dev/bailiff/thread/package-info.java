/** How threads of ours are made. Needs nothing but the JDK. */
@NullMarked
package dev.bailiff.thread;

import org.jspecify.annotations.NullMarked;
