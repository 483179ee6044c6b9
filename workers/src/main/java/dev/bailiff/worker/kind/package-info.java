/**
 * The parts of a job kind, and the code that stages share. A kind is a package below this one. It
 * is named in {@code META-INF/services} as a {@link dev.bailiff.worker.kind.KindDefinition}; the
 * engine in {@code worker.run} knows no kind by name.
 */
@NullMarked
package dev.bailiff.worker.kind;

import org.jspecify.annotations.NullMarked;
