package dev.bailiff.audit;

import java.math.BigInteger;

/**
 * A place in the order of the chain: behind the row with this transaction and id.
 *
 * @param xid as PostgreSQL writes it
 */
record AuditPlace(String xid, long id) implements Comparable<AuditPlace> {
  static final AuditPlace START = new AuditPlace("0", 0);

  @Override
  public int compareTo(AuditPlace other) {
    int byXid = new BigInteger(xid).compareTo(new BigInteger(other.xid));
    return byXid == 0 ? Long.compare(id, other.id) : byXid;
  }
}
