/**
 * The tables of the schema {@code jobs}. {@link dev.bailiff.job.store.JobStore} gathers the parts
 * of the store, one for each moment of a job's life; the methods of a part are its transactions.
 * Each of the five busiest tables has a DAO with its statements; a statement that only one part
 * needs stands in that part. Statements that take part in a batch join the transaction open on the
 * calling thread.
 */
@NullMarked
package dev.bailiff.job.store;

import org.jspecify.annotations.NullMarked;
