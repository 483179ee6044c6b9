package dev.bailiff.gateway.job.submit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.error.Errcode;
import dev.bailiff.gateway.request.BodyKeys;
import dev.bailiff.gateway.request.StorableTime;
import dev.bailiff.homeserver.batch.JobPace;
import dev.bailiff.job.JobTerms;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoField;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the terms of a job from the body of a request: all keys but those that name its work. */
public final class SubmittedTerms {
  private static final String CONTINUE = "continue";
  private static final String STOP = "stop";

  /** The keys of a body that belong to the terms. */
  static final Set<String> KEYS =
      Set.of(
          "reason",
          "reference",
          "run_at",
          "priority",
          "max_rate",
          "pace",
          "on_failure",
          "stop_after_failures",
          "dry_run");

  private final ObjectNode body;

  private SubmittedTerms(ObjectNode body) {
    this.body = body;
  }

  /**
   * The terms of a body.
   *
   * @throws ApiException 400
   */
  public static JobTerms read(ObjectNode body) {
    return new SubmittedTerms(body).terms();
  }

  private JobTerms terms() {
    var priority = whole("priority", JobTerms.LOWEST, JobTerms.HIGHEST);
    return new JobTerms(
        text("reason"),
        text("reference"),
        runAt(),
        priority == null ? JobTerms.USUAL_PRIORITY : priority,
        whole("max_rate", 1, Integer.MAX_VALUE),
        pace(),
        stopAfterFailures(),
        flag("dry_run"));
  }

  /** One failure stops a job that only says {@code "on_failure": "stop"}. */
  private @Nullable Integer stopAfterFailures() {
    var wish = text("on_failure");
    var most = whole("stop_after_failures", 1, Integer.MAX_VALUE);
    if (wish == null) {
      return most;
    }
    return switch (wish) {
      case STOP -> most == null ? Integer.valueOf(1) : most;
      case CONTINUE -> {
        if (most != null) {
          throw invalid("'stop_after_failures' is for 'on_failure': 'stop'");
        }
        yield null;
      }
      default -> throw invalid("'on_failure' must be 'continue' or 'stop'");
    };
  }

  private @Nullable JobPace pace() {
    var word = text("pace");
    return word == null
        ? null
        : JobPace.of(word).orElseThrow(() -> invalid("'pace' must be 'fast' or 'gentle'"));
  }

  private @Nullable Instant runAt() {
    var text = text("run_at");
    if (text == null) {
      return null;
    }
    try {
      return StorableTime.parse(text);
    } catch (DateTimeParseException e) {
      throw invalid(
          isWithoutZone(text)
              ? "'run_at' has no time zone: end it with Z for UTC, or with an offset such as +01:00"
              : "'run_at' must look like 2026-11-23T08:00:00Z");
    }
  }

  private static boolean isWithoutZone(String text) {
    try {
      return DateTimeFormatter.ISO_LOCAL_DATE_TIME.parse(text).isSupported(ChronoField.HOUR_OF_DAY);
    } catch (DateTimeParseException e) {
      return false;
    }
  }

  private boolean flag(String key) {
    var value = value(key);
    if (value != null && !value.isBoolean()) {
      throw badJson("'" + key + "' must be true or false");
    }
    return value != null && value.booleanValue();
  }

  private @Nullable Integer whole(String key, int least, int most) {
    var value = value(key);
    if (value == null) {
      return null;
    }
    if (!value.isNumber()) {
      throw badJson("'" + key + "' must be a number");
    }
    if (!value.canConvertToExactIntegral()
        || !value.canConvertToInt()
        || value.intValue() < least
        || value.intValue() > most) {
      throw invalid("'" + key + "' must be a whole number from " + least + " to " + most);
    }
    return value.intValue();
  }

  private @Nullable String text(String key) {
    return BodyKeys.text(body, key, Errcode.M_BAD_JSON);
  }

  private @Nullable JsonNode value(String key) {
    var value = body.get(key);
    return value == null || value.isNull() ? null : value;
  }

  private static ApiException badJson(String text) {
    return ApiException.bad(Errcode.M_BAD_JSON, text);
  }

  private static ApiException invalid(String text) {
    return ApiException.bad(Errcode.M_INVALID_PARAM, text);
  }
}
