/**
 * How threads of ours are made, go on whatever happens, and tell that they do. Needs nothing but
 * the JDK and a log.
 */
@NullMarked
package dev.bailiff.thread;

import org.jspecify.annotations.NullMarked;
