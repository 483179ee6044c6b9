package dev.bailiff.schemas.kind;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * {@code delete-media}: records, files and thumbnails of local media.
 *
 * <p>A target is a media id, a user id (all media of the user, or one page of them), or {@link
 * #ALL} with a selection by time and size.
 */
public final class DeleteMediaContract implements KindContract {

  /** The kind's name. */
  public static final String KIND = "delete-media";

  /** The target that stands for all local media which the parameters select. */
  public static final String ALL = "*";

  /** List in the job's snapshot: the media on a page of a user's media. */
  public static final String PAGE_MEDIA = "media";

  /**
   * Times below this are in seconds by mistake: read as milliseconds they lie in 1970 (admin-api
   * 5.14).
   */
  public static final long EARLIEST_TS = Timestamp.EARLIEST;

  /** Whether a target stands for a user's media. */
  public static boolean isUser(String target) {
    return target.startsWith("@");
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public TargetType targetType() {
    return TargetType.MEDIA;
  }

  @Override
  public Class<? extends Record> parameters() {
    return DeleteMediaParameters.class;
  }

  /**
   * Refuses parameters that do not fit the targets: a forgotten limit must not delete more than was
   * meant.
   */
  @Override
  public Optional<String> problem(List<String> targets, Record parameters) {
    var wanted = (DeleteMediaParameters) parameters;
    var all = targets.contains(ALL);
    var before = wanted.beforeTs();
    if (all && before == null) {
      return Optional.of("the target '*' needs the parameter 'before_ts'");
    }
    var impossible = Timestamp.problem("before_ts", before);
    if (impossible.isPresent()) {
      return impossible;
    }
    if (!all && (before != null || wanted.sizeGt() != null || wanted.keepProfiles() != null)) {
      return Optional.of("'before_ts', 'size_gt' and 'keep_profiles' are for the target '*'");
    }
    if (wanted.page() != null && !targets.stream().allMatch(DeleteMediaContract::isUser)) {
      return Optional.of("'page' is for users");
    }
    if (wanted.page() != null && targets.size() > MOST_TARGETS_IN_SNAPSHOT) {
      return Optional.of("'page' is for at most " + MOST_TARGETS_IN_SNAPSHOT + " users");
    }
    return wanted.page() == null ? Optional.empty() : problem(wanted.page(), targets.size());
  }

  /** A filter finds media, one by one. */
  @Override
  public Optional<String> problemWithFilter(Record parameters) {
    return ((DeleteMediaParameters) parameters).page() == null
        ? problem(List.of(), parameters)
        : Optional.of("'page' is for users, and a filter finds media");
  }

  private static Optional<String> problem(DeleteMediaParameters.Page page, int users) {
    long limit = Objects.requireNonNullElse(page.limit(), DeleteMediaParameters.Page.USUAL_LIMIT);
    long most = DeleteMediaParameters.Page.MOST / users;
    return limit <= most
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "'page.limit' is at most %d for %d users: a job takes %d media by pages",
                most,
                users,
                DeleteMediaParameters.Page.MOST));
  }
}
