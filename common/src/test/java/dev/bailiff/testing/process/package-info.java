/** Child processes of this JVM, for tests that stop and kill processes. */
@NullMarked
package dev.bailiff.testing.process;

import org.jspecify.annotations.NullMarked;
