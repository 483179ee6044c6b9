/**
 * The audit: who did what. Rows are written in the transaction of the change that they tell of, and
 * chained later, so that a changed or missing row shows. Rows hold ids and words of ours, never the
 * content of messages and no secret.
 */
@NullMarked
package dev.bailiff.audit;

import org.jspecify.annotations.NullMarked;
