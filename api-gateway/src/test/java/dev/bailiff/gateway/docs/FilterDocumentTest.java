package dev.bailiff.gateway.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bailiff.schemas.filter.Condition;
import dev.bailiff.schemas.kind.TargetType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The document tells the conditions of filters as the code has them. */
class FilterDocumentTest {
  private static final JsonNode SCHEMAS = OpenApiDocument.read().path("components").path("schemas");

  private static final Map<TargetType, String> FILTERS =
      Map.of(
          TargetType.USER, "UserFilter",
          TargetType.ROOM, "RoomFilter",
          TargetType.MEDIA, "MediaFilter");

  @ParameterizedTest
  @EnumSource
  void conditionsAreThoseOfTheCode(TargetType targets) {
    var properties = SCHEMAS.path(FILTERS.get(targets)).path("properties");
    List<String> told = new ArrayList<>();
    properties.properties().forEach(each -> told.add(each.getKey() + " " + type(each.getValue())));

    assertThat(told)
        .containsExactlyElementsOf(
            Condition.of(targets).stream()
                .map(condition -> condition.key() + " " + schema(condition))
                .toList());
  }

  private static String type(JsonNode property) {
    var reference = property.path("$ref").asText();
    return reference.substring(reference.lastIndexOf('/') + 1);
  }

  private static String schema(Condition condition) {
    return switch (condition.type()) {
      case GLOB -> "GlobCondition";
      case TEXT -> "TextCondition";
      case ROOM_ID -> "RoomCondition";
      case ADDRESS -> "AddressCondition";
      case FLAG -> "FlagCondition";
      case TIME -> "TimeCondition";
      case NUMBER -> "NumberCondition";
      case SIZE -> "SizeCondition";
    };
  }
}
