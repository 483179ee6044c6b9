package dev.bailiff.gateway.job.upload;

import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.error.Errcode;
import dev.bailiff.schemas.kind.TargetType;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The ids that cannot be targets. They are noted for each type of target, as the kind of the job
 * may stand behind its targets.
 */
final class TargetFaults {
  private static final int MOST_NAMED = 20;
  private static final int LONGEST_SHOWN = 80;

  private final MediaTargets media;
  private final Map<TargetType, Faults> byType = new EnumMap<>(TargetType.class);

  private static final class Faults {
    private final List<String> named = new ArrayList<>();
    private long count;
  }

  TargetFaults(MediaTargets media) {
    this.media = media;
    for (var type : TargetType.values()) {
      byType.put(type, new Faults());
    }
  }

  /** Checks an id; returns whether it can be a target of any type. */
  boolean check(ArrivingTarget target) {
    boolean fitsAny = false;
    for (var entry : byType.entrySet()) {
      if (fits(entry.getKey(), target.id())) {
        fitsAny = true;
      } else {
        note(entry.getValue(), target);
      }
    }
    return fitsAny;
  }

  private boolean fits(TargetType type, String id) {
    return TargetForm.fits(type, id) && (type != TargetType.MEDIA || media.allow(id));
  }

  private static void note(Faults faults, ArrivingTarget target) {
    faults.count++;
    if (faults.named.size() < MOST_NAMED) {
      faults.named.add(target.place() + " (" + shown(target.id()) + ")");
    }
  }

  /** An id as one line of a message. */
  private static String shown(String id) {
    var cut = id.length() > LONGEST_SHOWN ? id.substring(0, LONGEST_SHOWN) + "…" : id;
    return cut.replaceAll("[\\p{Cntrl}\\p{Cs}]", "?");
  }

  /** Whether there are so many that no further one would be named. */
  boolean isFull(TargetType type) {
    return faults(type).named.size() == MOST_NAMED;
  }

  /**
   * Refuses ids that cannot be targets of this type.
   *
   * @throws ApiException 400 {@code M_INVALID_PARAM} with their places
   */
  void refuse(TargetType type) {
    var faults = faults(type);
    if (faults.count > 0) {
      long more = faults.count - faults.named.size();
      throw ApiException.bad(
          Errcode.M_INVALID_PARAM,
          "A target must be "
              + (type == TargetType.MEDIA ? media.inWords() : TargetForm.inWords(type))
              + ", which these are not: "
              + String.join(", ", faults.named)
              + (more > 0 ? ", and at least " + more + " more" : ""));
    }
  }

  private Faults faults(TargetType type) {
    return Objects.requireNonNull(byType.get(type));
  }
}
