/** Replies about the audit. */
@NullMarked
package dev.bailiff.schemas.api.audit;

import org.jspecify.annotations.NullMarked;
