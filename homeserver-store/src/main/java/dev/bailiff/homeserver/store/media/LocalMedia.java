package dev.bailiff.homeserver.store.media;

import dev.bailiff.homeserver.media.MediaFilter;
import dev.bailiff.homeserver.media.MediaOrder;
import dev.bailiff.homeserver.media.MediaPages;
import dev.bailiff.homeserver.store.list.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jdbi.v3.core.statement.Query;

/**
 * Records of local media.
 *
 * <p><b>Concurrency:</b> thread-safe; each change is one short transaction, or part of the
 * transaction that is open on the thread. A page and its total come from two statements, one right
 * after the other.
 */
public final class LocalMedia implements MediaPages {

  static final String COUNT =
      "select count(*) from homeserver.local_media m where m.user_id = :user";

  static final String EXISTS =
      "select exists (select from homeserver.local_media m where m.media_id = :id)";

  private static final String COLUMNS =
      """
      m.media_id, m.user_id, m.media_type, m.media_length, m.upload_name, m.created_at, m.last_access_at,
      m.quarantined_by, m.safe_from_quarantine, m.url_cache, m.sha256, m.authenticated
      """;

  static final String FIND =
      "select " + COLUMNS + " from homeserver.local_media m where m.media_id = :id";

  private static final int IDS_A_PAGE = 1000;

  private final Jdbi jdbi;

  public LocalMedia(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** A page of a user's media, and the number of all. */
  public Page<Medium> list(MediaFilter filter) {
    return jdbi.withHandle(
        handle -> {
          long total =
              handle.createQuery(COUNT).bind("user", filter.userId()).mapTo(Long.class).one();
          List<Medium> items =
              bind(handle.createQuery(page(COLUMNS, filter)), filter)
                  .map(ConstructorMapper.of(Medium.class))
                  .list();
          return new Page<>(items, total);
        });
  }

  /** {@inheritDoc} One statement reads the ids, and the sink is called within its transaction. */
  @Override
  public void ids(MediaFilter filter, Consumer<List<String>> sink) {
    jdbi.useTransaction(
        handle -> {
          List<String> portion = new ArrayList<>();
          // The driver fetches portions only within a transaction.
          try (var ids =
              bind(handle.createQuery(page("m.media_id", filter)), filter)
                  .setFetchSize(IDS_A_PAGE)
                  .mapTo(String.class)
                  .iterator()) {
            while (ids.hasNext()) {
              portion.add(ids.next());
              if (portion.size() == IDS_A_PAGE) {
                sink.accept(List.copyOf(portion));
                portion.clear();
              }
            }
          }
          if (!portion.isEmpty()) {
            sink.accept(List.copyOf(portion));
          }
        });
  }

  @Override
  public boolean exists(String mediaId) {
    return jdbi.withHandle(
        handle -> handle.createQuery(EXISTS).bind("id", mediaId).mapTo(Boolean.class).one());
  }

  /** The record of a medium. */
  public Optional<Medium> find(String mediaId) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(FIND)
                .bind("id", mediaId)
                .map(ConstructorMapper.of(Medium.class))
                .findOne());
  }

  static String page(String columns, MediaFilter filter) {
    return "select "
        + columns
        + " from homeserver.local_media m where m.user_id = :user order by "
        + column(filter.order())
        + (filter.descending() ? " desc" : "")
        + ", m.media_id limit :limit offset :from";
  }

  private static String column(MediaOrder order) {
    return switch (order) {
      case MEDIA_ID -> "m.media_id";
      case UPLOAD_NAME -> "m.upload_name";
      case CREATED_TS -> "m.created_at";
      case LAST_ACCESS_TS -> "m.last_access_at";
      case MEDIA_LENGTH -> "m.media_length";
      case MEDIA_TYPE -> "m.media_type";
      case QUARANTINED_BY -> "m.quarantined_by";
      case SAFE_FROM_QUARANTINE -> "m.safe_from_quarantine";
    };
  }

  private static Query bind(Query query, MediaFilter filter) {
    return query
        .bind("user", filter.userId())
        .bind("limit", filter.limit())
        .bind("from", filter.from());
  }
}
