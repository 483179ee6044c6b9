/** Replies about workers. */
@NullMarked
package dev.bailiff.schemas.api.worker;

import org.jspecify.annotations.NullMarked;
