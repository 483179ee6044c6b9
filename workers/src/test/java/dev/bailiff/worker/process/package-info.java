/** Workers as processes of their own, and helpers that the fault tests share. */
@NullMarked
package dev.bailiff.worker.process;

import org.jspecify.annotations.NullMarked;
