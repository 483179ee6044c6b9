package dev.bailiff.access;

import dev.bailiff.secret.ClientAddress;
import dev.bailiff.secret.Sha256;
import dev.bailiff.secret.TokenText;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Bailiff's own tokens, tied to no account of the homeserver. The database has only their SHA-256.
 *
 * <p><b>Concurrency:</b> thread-safe; each call is one statement, or one transaction.
 */
public final class OperatorTokens {
  private static final String TERMS =
      "scopes, target_patterns, most_targets, networks, expires_at, jobs_a_minute, targets_a_day";

  private final Jdbi jdbi;

  public OperatorTokens(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * A token; empty for an unknown or expired one. The same statement records the use, at most once
   * in five minutes for each token.
   *
   * @param address of the client, as the request has it
   */
  public Optional<OperatorToken> find(byte[] sha256, String address) {
    var literal = ClientAddress.of(address).literal();
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    with used as (
                      update access.operator_token
                         set last_used_at = clock_timestamp(), last_used_address = :address
                       where token_sha256 = :sha256
                         and (expires_at is null or expires_at > clock_timestamp())
                         and (last_used_at is null or last_used_at not between clock_timestamp() - interval '5 minutes' and clock_timestamp()))
                    select left(encode(token_sha256, 'hex'), 16) as id, name, %s
                      from access.operator_token
                     where token_sha256 = :sha256
                       and (expires_at is null or expires_at > clock_timestamp())
                    """
                        .formatted(TERMS))
                .bind("sha256", sha256)
                .bind("address", literal)
                .map(
                    (rs, ctx) ->
                        new OperatorToken(rs.getString("id"), rs.getString("name"), terms(rs)))
                .findOne());
  }

  /**
   * Makes a new token and stores its digest.
   *
   * @return the token. Only its digest is stored, so a lost token must be replaced by a new one.
   */
  public String issue(NewToken token) {
    var text = TokenText.random();
    jdbi.useHandle(handle -> insert(handle, token, Sha256.of(text), false));
    return text;
  }

  /** Stores a token with every scope; storing the same token again renames it. */
  public void add(String name, byte[] sha256) {
    jdbi.useHandle(handle -> insert(handle, NewToken.unbounded(name), sha256, false));
  }

  /**
   * Stores the token of a data folder, which has every scope. The one that the folder had before is
   * revoked.
   */
  public void setOfFolder(String name, byte[] sha256) {
    jdbi.useTransaction(
        handle -> {
          handle
              .createUpdate(
                  """
                  delete from access.operator_token
                   where token_sha256 <> :sha256
                     and (of_folder or (scopes is null and name = :name))
                  """)
              .bind("sha256", sha256)
              .bind("name", name)
              .execute();
          insert(handle, NewToken.unbounded(name), sha256, true);
        });
  }

  private static void insert(Handle handle, NewToken token, byte[] sha256, boolean ofFolder) {
    var terms = token.terms();
    handle
        .createUpdate(
            """
            insert into access.operator_token
                   (token_sha256, name, description, scopes, target_patterns, most_targets,
                    networks, expires_at, jobs_a_minute, targets_a_day, made_by, of_folder, makers)
            values (:sha256, :name, :description, :scopes, :targets, :mostTargets,
                    :networks, :expiresAt, :jobsAMinute, :targetsADay, :madeBy, :ofFolder,
                    case when :madeBy::text is null then '{}'::text[]
                         else :madeBy::text || array(select distinct m.maker
                                               from access.operator_token t
                                               cross join unnest(array_append(t.makers, t.made_by)) as m (maker)
                                               where 'token:' || t.name = :madeBy and m.maker is not null) end)
            on conflict (token_sha256) do update
               set name = excluded.name, scopes = excluded.scopes, of_folder = excluded.of_folder
            """)
        .bind("sha256", sha256)
        .bind("name", token.name())
        .bind("description", token.description())
        .bindArray("scopes", String.class, terms.effectiveScopes().sorted())
        .bindArray("targets", String.class, terms.targets())
        .bind("mostTargets", terms.mostTargets())
        .bindArray("networks", String.class, terms.networks())
        .bind("expiresAt", atUtc(terms.expiresAt()))
        .bind("jobsAMinute", terms.limits().jobsAMinute())
        .bind("targetsADay", terms.limits().targetsADay())
        .bind("madeBy", token.madeBy())
        .bind("ofFolder", ofFolder)
        .execute();
  }

  /**
   * Who made the tokens with a name, who made the tokens of those, and so on. Tokens that were
   * revoked since count, too.
   */
  public Set<String> makers(String name) {
    return Set.copyOf(
        jdbi.withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        select distinct m.maker
                          from access.operator_token t
                         cross join unnest(array_append(t.makers, t.made_by)) as m (maker)
                         where t.name = :name and m.maker is not null
                        """)
                    .bind("name", name)
                    .mapTo(String.class)
                    .list()));
  }

  /**
   * Whether there is a valid token that may approve jobs of some requesters: it is none of them,
   * and none of them made it.
   */
  public boolean hasApproverBeside(Collection<String> requesters) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select exists (
                      select from access.operator_token
                       where (expires_at is null or expires_at > clock_timestamp())
                         and (scopes is null or :scope = any(scopes))
                         and not 'token:' || name = any(:requesters) and not array_append(makers, made_by) && cast(:requesters as text[]))
                    """)
                .bind("scope", Scope.JOBS_APPROVE.word())
                .bindArray("requesters", String.class, requesters)
                .mapTo(Boolean.class)
                .one());
  }

  /** The id of a token: the first 16 hexadecimal digits of its digest. */
  public static String id(String token) {
    return HexFormat.of().formatHex(Sha256.of(token)).substring(0, 16);
  }

  /** All tokens, oldest first. People make tokens by hand, so there are few. */
  public List<IssuedToken> list() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select left(encode(token_sha256, 'hex'), 16) as id, name, description, %s,
                           created_at, made_by, last_used_at, last_used_address, of_folder
                      from access.operator_token order by created_at, token_sha256
                    """
                        .formatted(TERMS))
                .map(
                    (rs, ctx) ->
                        new IssuedToken(
                            rs.getString("id"),
                            rs.getString("name"),
                            rs.getString("description"),
                            terms(rs),
                            rs.getObject("created_at", OffsetDateTime.class).toInstant(),
                            Optional.ofNullable(rs.getString("made_by")),
                            Optional.ofNullable(rs.getObject("last_used_at", OffsetDateTime.class))
                                .map(OffsetDateTime::toInstant),
                            Optional.ofNullable(rs.getString("last_used_address")),
                            rs.getBoolean("of_folder")))
                .list());
  }

  /**
   * Revokes tokens: no call with one of them is admitted from then on.
   *
   * @param named an id, or a name, which several tokens may have
   * @return the ids of the revoked tokens
   */
  public List<String> revoke(String named) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    delete from access.operator_token
                     where left(encode(token_sha256, 'hex'), 16) = :named or name = :named
                    returning left(encode(token_sha256, 'hex'), 16)
                    """)
                .bind("named", named)
                .mapTo(String.class)
                .list());
  }

  private static TokenTerms terms(ResultSet rs) throws SQLException {
    var scopes = rs.getArray("scopes");
    var expires = rs.getObject("expires_at", OffsetDateTime.class);
    return new TokenTerms(
        scopes == null ? null : new Scopes(Set.copyOf(texts(scopes))),
        texts(rs.getArray("target_patterns")),
        rs.getObject("most_targets", Integer.class),
        texts(rs.getArray("networks")),
        expires == null ? null : expires.toInstant(),
        new TokenLimits(
            rs.getObject("jobs_a_minute", Integer.class),
            rs.getObject("targets_a_day", Integer.class)));
  }

  private static List<String> texts(Array array) throws SQLException {
    return Arrays.asList((String[]) array.getArray());
  }

  private static @Nullable OffsetDateTime atUtc(@Nullable Instant time) {
    return time == null ? null : time.atOffset(ZoneOffset.UTC);
  }
}
