package dev.bailiff.homeserver;

/**
 * The properties of a homeserver that the engine must know to call it well.
 *
 * @param joinsTransactions whether its operations join the transaction that is open on the calling
 *     thread with the job store's database. If not, no call is made while a transaction is open:
 *     the transaction would hold locks for as long as another machine takes to answer
 */
public record HomeserverTraits(boolean joinsTransactions) {}
