package dev.bailiff.schemas.filter;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Reads the value of one condition out of JSON. */
final class ConditionReader {

  /** More values than anybody lists by hand; a list of targets belongs into {@code targets}. */
  private static final int MOST_VALUES = 1_000;

  private static final int LONGEST = 1_000;

  /** Ids are compared as they are; in names, nobody minds the case. */
  private static final Set<Condition> NAMES =
      Set.of(
          UserCondition.DISPLAYNAME,
          RoomCondition.NAME,
          RoomCondition.TOPIC,
          RoomCondition.ALIAS,
          MediaCondition.TYPE);

  private final Condition condition;
  private final Instant now;

  ConditionReader(Condition condition, Instant now) {
    this.condition = condition;
    this.now = now;
  }

  ConditionValue read(JsonNode value) throws FilterException {
    if (value.isArray() && !condition.type().takesList()) {
      throw wrongType("must be one value, not a list");
    }
    return switch (condition.type()) {
      case GLOB -> globs(value);
      case TEXT -> new ConditionValue.Texts(texts(value));
      case ROOM_ID -> rooms(value);
      case ADDRESS -> networks(value);
      case FLAG -> flag(value);
      case TIME -> moment(value);
      case NUMBER -> new ConditionValue.Amount(number(value));
      case SIZE -> new ConditionValue.Amount(size(value));
    };
  }

  private ConditionValue globs(JsonNode value) throws FilterException {
    var globs = new ArrayList<Glob>();
    for (var text : texts(value)) {
      char sigil = condition.sigil();
      if (text.isEmpty()
          || sigil != 0 && "*?".indexOf(text.charAt(0)) < 0 && text.charAt(0) != sigil) {
        throw impossible(
            sigil == 0
                ? "must not be empty"
                : "must begin with '" + sigil + "', '*' or '?', as it is compared with whole ids");
      }
      globs.add(new Glob(text, NAMES.contains(condition)));
    }
    return new ConditionValue.Globs(List.copyOf(globs));
  }

  private ConditionValue rooms(JsonNode value) throws FilterException {
    var rooms = texts(value);
    for (var room : rooms) {
      if (!room.startsWith("!") || room.length() < 2) {
        throw impossible("must be the id of a room, which begins with '!'");
      }
    }
    return new ConditionValue.Texts(rooms);
  }

  private ConditionValue networks(JsonNode value) throws FilterException {
    var networks = new ArrayList<Network>();
    for (var text : texts(value)) {
      networks.add(
          Network.parse(text)
              .orElseThrow(
                  () ->
                      impossible(
                          "must be an IP address or a network, such as 203.0.113.7 or"
                              + " 2001:db8::/32")));
    }
    return new ConditionValue.Networks(List.copyOf(networks));
  }

  private ConditionValue flag(JsonNode value) throws FilterException {
    var any = new LinkedHashSet<Boolean>();
    for (var each : listed(value)) {
      if (!each.isBoolean()) {
        throw wrongType("must be true or false");
      }
      any.add(each.booleanValue());
    }
    return new ConditionValue.Flag(Set.copyOf(any));
  }

  private ConditionValue moment(JsonNode value) throws FilterException {
    if (!value.isTextual()) {
      throw wrongType("must be a time as text, such as 2026-11-01T00:00:00Z or -24h");
    }
    return new ConditionValue.Moment(
        FilterTime.parse(value.textValue(), now)
            .orElseThrow(
                () ->
                    impossible(
                        "must be a time with a zone, such as 2026-11-01T00:00:00Z, or so long ago,"
                            + " such as -24h or -90d")));
  }

  private long number(JsonNode value) throws FilterException {
    if (!value.isNumber()) {
      throw wrongType("must be a number");
    }
    if (!value.canConvertToExactIntegral() || !value.canConvertToLong() || value.longValue() < 0) {
      throw impossible("must be a whole number from 0");
    }
    return value.longValue();
  }

  private long size(JsonNode value) throws FilterException {
    if (!value.isTextual()) {
      return number(value);
    }
    return FilterSize.parse(value.textValue())
        .orElseThrow(() -> impossible("must be a number of bytes, such as 500, 10MB or 2GiB"));
  }

  private List<String> texts(JsonNode value) throws FilterException {
    var texts = new LinkedHashSet<String>();
    for (var each : listed(value)) {
      if (!each.isTextual()) {
        throw wrongType("must be a text or a list of texts");
      }
      if (each.textValue().length() > LONGEST) {
        throw impossible("must have at most " + LONGEST + " characters");
      }
      texts.add(each.textValue());
    }
    return List.copyOf(texts);
  }

  private List<JsonNode> listed(JsonNode value) throws FilterException {
    if (!value.isArray()) {
      return List.of(value);
    }
    if (value.isEmpty()) {
      throw impossible("must not be an empty list, which nothing matches");
    }
    if (value.size() > MOST_VALUES) {
      throw impossible("must list at most " + MOST_VALUES + " values");
    }
    var list = new ArrayList<JsonNode>();
    value.forEach(list::add);
    return list;
  }

  private FilterException wrongType(String text) {
    return FilterException.wrongType("'" + condition.key() + "' " + text);
  }

  private FilterException impossible(String text) {
    return FilterException.impossible("'" + condition.key() + "' " + text);
  }
}
