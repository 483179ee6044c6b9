/**
 * The tables of the schema {@code jobs}: one DAO a table, and {@link
 * dev.bailiff.job.store.JobStore}, whose methods are the transactions of a job's life. Statements
 * that take part in a batch join the transaction open on the calling thread.
 */
@NullMarked
package dev.bailiff.job.store;

import org.jspecify.annotations.NullMarked;
