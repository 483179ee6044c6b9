package dev.bailiff.gateway.token;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bailiff.access.NewToken;
import dev.bailiff.access.ScopePreset;
import dev.bailiff.access.Scopes;
import dev.bailiff.access.TokenLimits;
import dev.bailiff.access.TokenTerms;
import dev.bailiff.gateway.auth.Call;
import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.error.Errcode;
import dev.bailiff.gateway.request.BodyKeys;
import dev.bailiff.gateway.request.StorableText;
import dev.bailiff.gateway.request.StorableTime;
import dev.bailiff.schemas.filter.Network;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the body that asks for a new token. */
final class TokenBody {
  private static final Set<String> KEYS =
      Set.of(
          "name",
          "description",
          "scopes",
          "preset",
          "targets",
          "most_targets",
          "networks",
          "expires_at",
          "jobs_a_minute",
          "targets_a_day");

  private static final int LONGEST_LIST = 100;
  private static final int LONGEST_TEXT = 500;

  private final Collection<String> kinds;
  private final Clock clock;

  /**
   * @param kinds names of the kinds of job
   */
  TokenBody(Collection<String> kinds, Clock clock) {
    this.kinds = kinds;
    this.clock = clock;
  }

  /**
   * The token that a call asks for.
   *
   * @throws ApiException 400
   */
  NewToken read(Call call) {
    var body = call.body().required();
    BodyKeys.refuseOthers(body, KEYS, "is not a key of a token");
    BodyKeys.require(body, "name");
    var name = text(body, "name");
    if (name == null || !NewToken.isName(name)) {
      throw invalid("'name' is 1 to 64 letters, digits, dots, dashes or underscores");
    }
    return new NewToken(
        name,
        Objects.requireNonNullElse(text(body, "description"), ""),
        new TokenTerms(
            scopes(body),
            texts(body, "targets"),
            whole(body, "most_targets"),
            networks(body),
            expiresAt(body),
            new TokenLimits(whole(body, "jobs_a_minute"), whole(body, "targets_a_day"))),
        call.caller().requester());
  }

  private Scopes scopes(ObjectNode body) {
    var preset = text(body, "preset");
    if (preset == null) {
      BodyKeys.require(body, "scopes");
      var words = texts(body, "scopes");
      if (words.isEmpty()) {
        throw invalid("'scopes' is empty: such a token could do nothing");
      }
      return parsed(words);
    }
    if (body.hasNonNull("scopes")) {
      throw invalid("give either 'scopes' or 'preset'");
    }
    return ScopePreset.of(preset)
        .map(ScopePreset::scopes)
        .orElseThrow(() -> invalid("'preset' must be one of " + ScopePreset.words()));
  }

  private Scopes parsed(List<String> words) {
    try {
      return Scopes.parse(words, kinds);
    } catch (IllegalArgumentException e) {
      throw invalid(String.valueOf(e.getMessage()));
    }
  }

  private static @Nullable Integer whole(ObjectNode body, String key) {
    var value = body.path(key);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    if (!value.canConvertToInt() || !value.isIntegralNumber() || value.intValue() < 1) {
      throw invalid("'" + key + "' must be a whole number from 1");
    }
    return value.intValue();
  }

  private static List<String> networks(ObjectNode body) {
    var networks = texts(body, "networks");
    for (var network : networks) {
      if (Network.parse(network).isEmpty()) {
        throw invalid("'" + network + "' is no network such as 203.0.113.0/24");
      }
    }
    return networks;
  }

  private @Nullable Instant expiresAt(ObjectNode body) {
    var text = text(body, "expires_at");
    if (text == null) {
      return null;
    }
    try {
      var time = StorableTime.parse(text);
      if (time.isAfter(clock.instant())) {
        return time;
      }
    } catch (DateTimeParseException e) {
      throw invalid("'expires_at' must look like 2026-11-23T08:00:00Z");
    }
    throw invalid("'expires_at' is past");
  }

  private static List<String> texts(ObjectNode body, String key) {
    var list = new ArrayList<String>();
    var value = body.path(key);
    if (value.isMissingNode() || value.isNull()) {
      return list;
    }
    if (!value.isArray() || value.size() > LONGEST_LIST) {
      throw invalid("'" + key + "' must be a list of at most " + LONGEST_LIST + " texts");
    }
    for (JsonNode element : value) {
      if (!element.isTextual()
          || element.textValue().isEmpty()
          || element.textValue().length() > LONGEST_TEXT) {
        throw invalid("'" + key + "' must hold texts of 1 to " + LONGEST_TEXT + " characters");
      }
      list.add(StorableText.require(element.textValue()));
    }
    return list;
  }

  private static @Nullable String text(ObjectNode body, String key) {
    var text = BodyKeys.text(body, key, Errcode.M_BAD_JSON);
    if (text != null && text.length() > LONGEST_TEXT) {
      throw invalid("'" + key + "' is longer than " + LONGEST_TEXT + " characters");
    }
    return text;
  }

  private static ApiException invalid(String text) {
    return ApiException.bad(Errcode.M_INVALID_PARAM, text);
  }
}
