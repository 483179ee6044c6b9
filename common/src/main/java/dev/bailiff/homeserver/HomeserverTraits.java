package dev.bailiff.homeserver;

/**
 * What the engine must know of a homeserver to call it well.
 *
 * @param joinsTransactions whether its operations join the transaction that is open on the calling
 *     thread with the job store's database. If not, no call is made while a transaction is open: it
 *     would hold locks for as long as another machine thinks
 */
public record HomeserverTraits(boolean joinsTransactions) {}
