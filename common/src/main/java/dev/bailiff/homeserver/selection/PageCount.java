package dev.bailiff.homeserver.selection;

import dev.bailiff.homeserver.batch.Cursor;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Counts targets page by page, until the time is over. For one count. */
public final class PageCount {
  private static final int PAGE = 2_000;

  private final Pages pages;
  private final int sampleSize;
  private final Set<String> sample = new TreeSet<>();

  /** What was counted, if a target may come twice; null otherwise. */
  private final @Nullable Set<String> counted;

  private long count;

  /** Reads pages of what is counted. */
  @FunctionalInterface
  public interface Pages {
    /** A page, as {@link SelectionPort#find} says. */
    SelectionPage read(@Nullable Cursor after, int size);
  }

  /**
   * @param inOrder whether each target comes once
   */
  public PageCount(Pages pages, boolean inOrder, int sampleSize) {
    this.pages = pages;
    this.sampleSize = sampleSize;
    this.counted = inOrder ? null : new HashSet<>();
  }

  /** Asks for one page at least. */
  public TargetCount count(BooleanSupplier isOver) {
    @Nullable Cursor next = null;
    do {
      var page = pages.read(next, PAGE);
      page.ids().forEach(this::add);
      next = page.next();
    } while (next != null && !isOver.getAsBoolean());
    return new TargetCount(count, next == null, List.copyOf(sample));
  }

  private void add(String id) {
    if (counted != null && !counted.add(id)) {
      return;
    }
    count++;
    if (sample.size() < sampleSize) {
      sample.add(id);
    }
  }
}
