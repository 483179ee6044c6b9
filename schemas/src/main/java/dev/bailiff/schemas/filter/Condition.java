package dev.bailiff.schemas.filter;

import dev.bailiff.schemas.kind.TargetType;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** A property by which targets are found. The conditions of a filter are anded. */
public sealed interface Condition permits UserCondition, RoomCondition, MediaCondition {

  /** The name of the constant. */
  String name();

  /** What its value is. */
  ConditionType type();

  /** Whether a filter that does not name the flag asks for targets without it. */
  default boolean isOutByDefault() {
    return false;
  }

  /**
   * The first letter of the ids that a glob is for. A glob without it finds nothing, which nobody
   * means; 0 if the texts may begin with anything.
   */
  default char sigil() {
    return 0;
  }

  /** The key in JSON. */
  default String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The conditions on targets of a type, in the order in which people are told of them. */
  static List<Condition> of(TargetType targets) {
    return switch (targets) {
      case USER -> List.of(UserCondition.values());
      case ROOM -> List.of(RoomCondition.values());
      case MEDIA -> List.of(MediaCondition.values());
    };
  }

  /** The condition with a key. */
  static Optional<Condition> find(TargetType targets, String key) {
    return of(targets).stream().filter(condition -> condition.key().equals(key)).findFirst();
  }

  /** Conditions with this key, on targets of any type. */
  static Stream<Condition> named(String key) {
    return Stream.of(TargetType.values()).flatMap(targets -> find(targets, key).stream());
  }
}
