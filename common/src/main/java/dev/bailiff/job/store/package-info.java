/**
 * The tables of the schema {@code jobs}. {@link dev.bailiff.job.store.JobStore} gathers the parts
 * of the store, one for each moment of a job's life; the methods of a part are its transactions. A
 * statement stands in the class that runs it, as a text block. Classes of this package share the
 * statements that several parts need, such as {@link dev.bailiff.job.store.SegmentEnds}. Statements
 * that take part in a batch join the transaction open on the calling thread.
 */
@NullMarked
package dev.bailiff.job.store;

import org.jspecify.annotations.NullMarked;
