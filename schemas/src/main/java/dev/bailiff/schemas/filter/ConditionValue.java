package dev.bailiff.schemas.filter;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a filter asks of a condition. */
public sealed interface ConditionValue {

  /** Any of the globs matches. */
  record Globs(List<Glob> any) implements ConditionValue {
    /** Whether a text matches; null matches nothing. */
    public boolean match(@Nullable String text) {
      return text != null && any.stream().anyMatch(glob -> glob.matches(text));
    }
  }

  /** The text is one of these: texts or room ids. */
  record Texts(List<String> any) implements ConditionValue {}

  /** The address lies in any of the networks. */
  record Networks(List<Network> any) implements ConditionValue {
    /** Whether an address lies in one of them; what is no address does not. */
    public boolean contain(@Nullable String address) {
      return address != null && any.stream().anyMatch(network -> network.contains(address));
    }
  }

  /** The flag has one of these values. */
  record Flag(Set<Boolean> any) implements ConditionValue {
    /** Whether the flag may have this value. */
    public boolean allows(boolean value) {
      return any.contains(value);
    }
  }

  /** A time, in whole milliseconds. */
  record Moment(Instant at) implements ConditionValue {
    /** Milliseconds since the epoch. */
    public long millis() {
      return at.toEpochMilli();
    }
  }

  /** A number, or a number of bytes. */
  record Amount(long number) implements ConditionValue {}
}
