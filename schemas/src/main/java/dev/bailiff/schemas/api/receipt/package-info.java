/** What was done, to be kept or sent: the receipt of a job. */
@NullMarked
package dev.bailiff.schemas.api.receipt;

import org.jspecify.annotations.NullMarked;
