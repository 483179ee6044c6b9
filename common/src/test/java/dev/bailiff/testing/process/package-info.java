/** Child processes of this JVM, for tests that kill. */
@NullMarked
package dev.bailiff.testing.process;

import org.jspecify.annotations.NullMarked;
