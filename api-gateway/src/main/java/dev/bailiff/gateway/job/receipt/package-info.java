/** Receipts of jobs, as JSON and as text. */
@NullMarked
package dev.bailiff.gateway.job.receipt;

import org.jspecify.annotations.NullMarked;
