/**
 * The tables of the schema {@code jobs}. {@link dev.bailiff.job.store.JobStore} gathers the faces
 * of the store, one for each moment of a job's life; the methods of a face are its transactions.
 * Statements of the five busiest tables are in a DAO each; a statement that only one face needs
 * stands in that face. Statements that take part in a batch join the transaction open on the
 * calling thread.
 */
@NullMarked
package dev.bailiff.job.store;

import org.jspecify.annotations.NullMarked;
