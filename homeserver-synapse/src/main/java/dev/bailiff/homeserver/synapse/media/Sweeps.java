package dev.bailiff.homeserver.synapse.media;

import dev.bailiff.homeserver.batch.BatchCommit;
import dev.bailiff.homeserver.batch.BatchOutcome;
import dev.bailiff.homeserver.batch.ListEntry;
import dev.bailiff.homeserver.batch.Snooze;
import dev.bailiff.homeserver.media.MediaSweeping;
import dev.bailiff.homeserver.synapse.api.MediaCalls;
import dev.bailiff.homeserver.synapse.batch.CursorJson;
import dev.bailiff.homeserver.synapse.http.NoAnswerException;
import dev.bailiff.homeserver.synapse.http.RateLimitedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Deletes media by age with Synapse's own call, from the oldest on. Each call takes the media that
 * are older than a growing time and still there, so it may be repeated. Slices begin with a month;
 * they grow while they are quick. A call without an answer has deleted media that nobody lists, so
 * the next slice is half as long.
 */
record Sweeps(MediaCalls media) {
  private static final Duration SLOW = Duration.ofSeconds(3);
  private static final Duration QUICK = Duration.ofSeconds(1);
  private static final Duration UNANSWERED = Duration.ofSeconds(30);
  private static final long FIRST_SPAN_MILLIS = Duration.ofDays(30).toMillis();
  private static final long MOST_SPAN_MILLIS = Duration.ofDays(90).toMillis();
  private static final long LEAST_SPAN_MILLIS = Duration.ofMinutes(1).toMillis();

  /** The first time that Synapse takes for milliseconds and not for seconds. */
  private static final long FIRST_TIME = 30_000_000_000L;

  /** No medium of a Matrix homeserver is older. */
  private static final long OLDEST = 1_400_000_000_000L;

  /**
   * The place of a sweep.
   *
   * @param swept media older than this are deleted
   */
  record Place(long swept, long span) {}

  BatchOutcome sweep(MediaSweeping sweeping, BatchCommit commit) {
    var after = sweeping.after();
    var place =
        after == null
            ? new Place(OLDEST, FIRST_SPAN_MILLIS)
            : CursorJson.read(after.value(), Place.class);
    long end = Math.max(FIRST_TIME, sweeping.sweep().beforeAt());
    long upTo = Math.min(end, place.swept() + place.span());
    commit.fence();
    long began = System.nanoTime();
    List<ListEntry> entries;
    try {
      entries = delete(sweeping, upTo);
    } catch (RateLimitedException e) {
      return commit.record(later(place, e.retryAfter()));
    } catch (NoAnswerException e) {
      return commit.record(later(new Place(place.swept(), shorter(place.span())), UNANSWERED));
    }
    long span = span(place.span(), Duration.ofNanos(System.nanoTime() - began));
    return commit.record(
        new BatchOutcome(
            entries.size(),
            0,
            List.of(),
            entries,
            List.of(),
            upTo == end ? null : CursorJson.cursor(new Place(upTo, span)),
            null));
  }

  private List<ListEntry> delete(MediaSweeping sweeping, long upTo) {
    var answer =
        media.deleteOlder(upTo, sweeping.sweep().largerThan(), sweeping.keepProfiles()).orThrow();
    var entries = new ArrayList<ListEntry>();
    answer
        .path("deleted_media")
        .forEach(id -> entries.add(new ListEntry(sweeping.target(), "deleted_media", id.asText())));
    return entries;
  }

  private static long span(long span, Duration took) {
    if (took.compareTo(SLOW) > 0) {
      return shorter(span);
    }
    return took.compareTo(QUICK) < 0 ? Math.min(MOST_SPAN_MILLIS, span * 2) : span;
  }

  private static long shorter(long span) {
    return Math.max(LEAST_SPAN_MILLIS, span / 2);
  }

  private static BatchOutcome later(Place place, Duration delay) {
    return BatchOutcome.snooze(CursorJson.cursor(place), new Snooze(delay));
  }
}
