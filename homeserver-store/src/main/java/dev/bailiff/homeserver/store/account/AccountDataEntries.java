package dev.bailiff.homeserver.store.account;

import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** Account data of the own store (admin-api 4.12). Thread-safe. */
public final class AccountDataEntries {

  /**
   * Leaves out push rules and room tags, which clients read by calls of their own, even if a
   * snapshot lists them as account data.
   */
  static final String LIST =
      """
      select room_id, type, content from homeserver.account_data
      where user_id = :user
        and not (type = 'm.push_rules' and room_id is null)
        and not (type = 'm.tag' and room_id is not null)
      order by room_id, type
      """;

  private final Jdbi jdbi;

  public AccountDataEntries(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** All entries of a user: those of the rooms first, sorted by room, then the global ones. */
  public List<AccountData> list(String user) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(LIST)
                .bind("user", user)
                .map(ConstructorMapper.of(AccountData.class))
                .list());
  }
}
