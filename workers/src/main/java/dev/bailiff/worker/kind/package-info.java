/**
 * What a job kind is made of, and what stages have in common. A kind is a package below this one,
 * named in {@code META-INF/services} as a {@link dev.bailiff.worker.kind.KindDefinition}; the
 * engine in {@code worker.run} knows none by name.
 */
@NullMarked
package dev.bailiff.worker.kind;

import org.jspecify.annotations.NullMarked;
