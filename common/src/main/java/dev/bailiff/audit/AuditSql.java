package dev.bailiff.audit;

/** Rows of the audit as the chain and the archive see them. */
final class AuditSql {

  /** The text of a row {@code a}, the same for ever: a JSON array of all its columns. */
  static final String TEXT =
      """
      jsonb_build_array(a.audit_id, (extract(epoch from a.at) * 1000000)::bigint, a.xid::text, a.who, a.token, a.address,
                        a.what, a.whom, a.why, a.job, to_jsonb(a.items), a.result)::text""";

  static final String DIGEST = "sha256(convert_to(" + TEXT + ", 'UTF8'))";

  /** The first day of a row's month, as its partition has it. */
  static final String MONTH = "date_trunc('month', a.at at time zone 'UTC')::date";

  /** The columns of a link. */
  static final String LINK =
      """
      select link, month, after_xid::text as after_xid, after_id, last_xid::text as last_xid, last_id, total, digests, hash
        from access.audit_link
      """;

  private AuditSql() {}
}
